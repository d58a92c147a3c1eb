/** Paths and queries of APIv3: what may enter them, and how it is encoded before it is signed. */
import { InvalidParameterError } from './errors.ts';

/**
 * A number such as `../cancel` would rewrite the path that we sign: the alphabet is checked, then encoded.
 *
 * @throws {InvalidParameterError} which names the parameter, never its value
 */
export function pathParameter(name: string, value: string): string {
  if (!/^[0-9A-Za-z_\-|*@]{1,128}$/.test(value)) {
    throw new InvalidParameterError(`${name} has characters outside 0-9 A-Z a-z _ - | * @`);
  }
  return encodeURIComponent(value);
}

export function queryOf(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}
