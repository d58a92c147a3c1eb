/** Paths and queries of APIv3: what may enter them, and how it is encoded before it is signed. */
import { InvalidParameterError } from './errors.ts';

/**
 * A number such as `../cancel` would rewrite the path that we sign: the alphabet is checked, then encoded.
 *
 * @param also what the numbers of refunds may have beside it
 * @throws {InvalidParameterError} which names the parameter, never its value
 */
export function pathParameter(name: string, value: string, also: '' | '@' = ''): string {
  if (!(also === '' ? NARROW : WIDE).test(value)) {
    const alphabet = ['0-9 A-Z a-z _ - | *', also].join(' ').trim();
    throw new InvalidParameterError(`${name} has characters outside ${alphabet}`);
  }
  return encodeURIComponent(value);
}

const NARROW = /^[0-9A-Za-z_\-|*]{1,128}$/;
const WIDE = /^[0-9A-Za-z_\-|*@]{1,128}$/;

export function queryOf(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}
