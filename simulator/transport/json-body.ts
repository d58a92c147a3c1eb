/** A request's body as JSON, within what APIv3 allows of JSON: no null, no character beyond the BMP. */
import { RefusalError } from './refusal-error.ts';
import { sentValue } from './sent-value.ts';

/** Written as they are, or as two halves; a half alone is no character at all. */
const BEYOND_BMP = /[\u{10000}-\u{10ffff}]|\p{Surrogate}/u;
/** Far deeper than any call, and not so deep that reading it would exhaust the stack. */
const DEEPEST = 32;

export function readJson(body: Buffer): unknown {
  const value = parse(body);
  checkValue(value, '', 0);
  return value;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw refused('', undefined, 'the body is not JSON in UTF-8');
  }
}

function checkValue(value: unknown, pointer: string, depth: number): void {
  if (depth > DEEPEST) throw refused('', undefined, `more than ${DEEPEST} levels of nesting`);
  if (value === null) throw refused(pointer, value, 'null is not allowed');
  if (typeof value === 'string') checkText(value, pointer, value);
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${pointerToken(key)}`;
    checkValue(inner, place, depth + 1); // first: what is told below is then not too deep to be written
    checkText(key, place, inner);
  }
}

/** In the name of a field, it is told with the field's value. */
function checkText(text: string, pointer: string, value: unknown): void {
  if (BEYOND_BMP.test(text)) throw refused(pointer, value, 'characters of 4 bytes are not allowed');
}

export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function refused(field: string, value: unknown, issue: string): RefusalError {
  const detail = { field, value: sentValue(value), issue, location: 'body' } as const;
  return new RefusalError('parameter', detail);
}
