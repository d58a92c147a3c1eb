/** The sentences of a file of the catalogue, each by where it stands: `troubles.overdue.means`. Values are shown as `{amount}`. */
import { parseSync } from 'oxc-parser';

export interface Sentence {
  readonly text: string;
  /** What the function that makes it is given and uses. */
  readonly values: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** In the order of the file. What stands outside of its tables is no sentence by itself. */
export function sentencesIn(source: string): ReadonlyMap<string, Sentence> {
  const { program, errors } = parseSync('words.ts', source);
  if (errors.length > 0) throw new SyntaxError(errors[0]?.message);
  const found = new Map<string, { text: string; values: string[] }>();

  function visit(node: Node, place: readonly string[], given: readonly string[]): void {
    switch (node.type) {
      case 'ImportDeclaration':
        return;
      case 'VariableDeclarator':
        return each(node['init'], [...place, nameOf(node['id'])], given);
      case 'Property':
        return each(node['value'], [...place, nameOf(node['key'])], given);
      case 'ArrowFunctionExpression':
        return each(node['body'], place, [...given, ...namesIn(node['params'])]);
      case 'BinaryExpression':
        if (/^[!=]==$/.test(String(node['operator']))) return note(place, '', node, given);
        break;
      case 'Literal':
        return note(place, String(node['value'] ?? ''), undefined, given);
      case 'TemplateLiteral':
        note(place, textOf(node), node, given);
        return each(node['expressions'], place, given);
      case 'Identifier':
        return note(place, '', node, given);
    }
    if (node.type.startsWith('TS') && node.type !== 'TSAsExpression') return;
    for (const value of Object.values(node)) each(value, place, given);
  }

  function each(value: unknown, place: readonly string[], given: readonly string[]): void {
    for (const it of Array.isArray(value) ? value : [value]) {
      if (isNode(it)) visit(it, place, given);
    }
  }

  function note(
    place: readonly string[],
    text: string,
    used: Node | undefined,
    given: readonly string[],
  ): void {
    if (place.length < 2) return;
    const name = place.join('.');
    const sentence = found.get(name) ?? { text: '', values: [] };
    if (/\p{L}/u.test(text)) sentence.text += `${sentence.text === '' ? '' : ' | '}${text}`;
    const words: readonly string[] =
      (used && source.slice(used.start, used.end).match(/[\w$]+/g)) ?? [];
    const values = given.filter((value) => words.includes(value));
    sentence.values = [...new Set([...sentence.values, ...values])].toSorted();
    found.set(name, sentence);
  }

  function textOf({ quasis, expressions }: Node): string {
    const values = (expressions as Node[]).map(({ start, end }) => `{${source.slice(start, end)}}`);
    return (quasis as { value: { cooked: string } }[])
      .map(({ value }, at) => value.cooked + (values[at] ?? ''))
      .join('');
  }

  visit(program as unknown as Node, [], []);
  return new Map([...found].filter(([, { text }]) => text !== ''));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function nameOf(node: unknown): string {
  const { name, value } = node as { readonly name?: string; readonly value?: string };
  return name ?? String(value);
}

/** Of parameters, taken apart or not. */
function namesIn(params: unknown): string[] {
  if (Array.isArray(params)) return params.flatMap(namesIn);
  if (!isNode(params)) return [];
  switch (params.type) {
    case 'Identifier':
      return [nameOf(params)];
    case 'AssignmentPattern':
      return namesIn(params['left']);
    case 'ObjectPattern':
      return namesIn(params['properties']);
    case 'Property':
      return namesIn(params['value']);
    default:
      return [];
  }
}
