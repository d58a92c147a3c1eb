/**
 * Sentences of errors are not changed: they are for people, and a test that repeats one finds no mistake in it. Where an
 * operator acts on what one says, a test asks for that. All else of an error is changed: its kind, its reason, its facts.
 */
import type { Ignorer } from '@stryker-mutator/api/ignore';

/** As much of a node of Babel's as is looked at. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly callee?: Node;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  readonly expressions?: readonly Node[];
}

interface Path {
  readonly node: Node;
  readonly parent?: Node;
}

export const words: Ignorer = {
  shouldIgnore(path) {
    const { node, parent } = path as Path;
    return isOfError(parent) && isSentence(node) ? 'the words of an error' : undefined;
  },
};

/** `new TransportError('…')`, `cellFault('…')`, and `super('…')`: there are no classes but errors. */
function isOfError(parent: Node | undefined): boolean {
  const { type, callee } = parent ?? {};
  if (type !== 'NewExpression' && type !== 'CallExpression') return false;
  return callee?.type === 'Super' || /(Error|Fault)$/.test(callee?.name ?? '');
}

/** A name, such as that of a reason, is one word. What decides between two sentences is none. */
function isSentence({ type, value, quasis = [], expressions = [] }: Node): boolean {
  if (type === 'StringLiteral') return String(value).includes(' ');
  return (
    type === 'TemplateLiteral' &&
    quasis.some(({ value: { raw } }) => raw.includes(' ')) &&
    expressions.every((it) => it.type === 'Identifier')
  );
}
