/** A shape as tables of its fields. */
import { escaped, proseHtml } from './html.ts';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export function anchorOf(name: string): string {
  return `shape-${name}`;
}

export function schemaHtml(schema: Schema): string {
  const { description } = schema;
  return (
    `<p class="facts">${factsOf(schema).join(' · ')}</p>` +
    (description === undefined ? '' : proseHtml(description)) +
    partsOf(schema)
  );
}

function partsOf({ properties, required = [], items, additionalProperties, ...rest }: Schema) {
  const choices = rest.oneOf ?? rest.anyOf ?? [];
  const fields = Object.entries(properties ?? {}).map(([name, schema]) => {
    const need = required.includes(name) ? '<br><small>required</small>' : '';
    return `<tr><td><code>${escaped(name)}</code>${need}</td><td>${schemaHtml(schema)}</td></tr>`;
  });
  return (
    (fields.length === 0 ? '' : `<table>${fields.join('')}</table>`) +
    (items && !isSimple(items) ? `<div class="inner">${schemaHtml(items)}</div>` : '') +
    (typeof additionalProperties === 'object' && !isSimple(additionalProperties)
      ? `<div class="inner">${schemaHtml(additionalProperties)}</div>`
      : '') +
    choices
      .filter((choice) => !isSimple(choice))
      .map((choice) => `<div class="inner">${schemaHtml(choice)}</div>`)
      .join('')
  );
}

/** Told in a word or a link. */
function isSimple({ $ref, properties, items, anyOf, oneOf }: Schema): boolean {
  return $ref !== undefined || !(properties ?? items ?? anyOf ?? oneOf);
}

function factsOf(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, maxItems } = schema;
  const facts: readonly (string | undefined)[] = [
    kindOf(schema),
    schema.format,
    bounds(minimum, maximum, ''),
    bounds(minLength, maxLength, ' characters'),
    bounds(undefined, maxItems, ' entries'),
    schema.pattern === undefined ? undefined : `<code>${escaped(schema.pattern)}</code>`,
    schema.default === undefined ? undefined : `default ${codeOf(schema.default)}`,
    schema.example === undefined || typeof schema.example === 'object'
      ? undefined
      : `such as ${codeOf(schema.example)}`,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function kindOf(schema: Schema): string | undefined {
  const { $ref, type, items, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return `<a href="#${anchorOf(name)}">${escaped(name)}</a>`;
  }
  if (schema.const !== undefined) return codeOf(schema.const);
  if (schema.enum) return schema.enum.map(codeOf).join(', ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => kindOf(choice)).join(' or ');
  if (items) return `list of ${kindOf(items)}`;
  if (typeof additionalProperties === 'object') return `by name: ${kindOf(additionalProperties)}`;
  return type ?? 'anything';
}

function bounds(
  least: number | undefined,
  most: number | undefined,
  after: string,
): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  return `${least ?? ''}…${most ?? ''}${after}`;
}

function codeOf(value: unknown): string {
  return `<code>${escaped(typeof value === 'string' ? value : JSON.stringify(value))}</code>`;
}
