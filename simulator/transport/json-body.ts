/** A request's body as JSON, within what APIv3 allows of JSON: no null, no character beyond the BMP. */
import { RefusalError } from './refusal-error.ts';

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
    throw refused('', 'the body is not JSON in UTF-8');
  }
}

function checkValue(value: unknown, pointer: string, depth: number): void {
  if (depth > DEEPEST) throw refused('', `more than ${DEEPEST} levels of nesting`);
  if (value === null) throw refused(pointer, 'null is not allowed');
  if (typeof value === 'string') checkText(value, pointer);
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${pointerToken(key)}`;
    checkText(key, place);
    checkValue(inner, place, depth + 1);
  }
}

function checkText(text: string, pointer: string): void {
  if (BEYOND_BMP.test(text)) throw refused(pointer, 'characters of 4 bytes are not allowed');
}

export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function refused(field: string, issue: string): RefusalError {
  return new RefusalError('parameter', { field, value: '', issue, location: 'body' });
}
