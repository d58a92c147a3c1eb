/** Text as HTML: a template whose values are escaped, unless they are HTML already. */

export interface Html {
  readonly html: string;
}

/** `undefined` and `false` are nothing; a list is its parts, one after the other. */
export type Value = Html | string | number | false | undefined | readonly Value[];

export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = texts.map(
    (text, i) => tidied(text) + (i < values.length ? written(values[i]) : ''),
  );
  return { html: parts.join('') };
}

/** The lines and the indentation of the sources are not for the reader. */
function tidied(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

export const NOTHING: Html = { html: '' };

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

/** For an element's text and a quoted attribute alike. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function written(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(written).join('');
  return value.html;
}

function isList(value: Html | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
