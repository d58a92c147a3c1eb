/** An example message of the official guide as it stands there, and how one is read and changed. */
import { readFileSync } from 'node:fs';
import type { Json } from '../simulator/merchant.ts';

const FOLDER = new URL('../fixtures/guide/', import.meta.url);

export interface Message {
  readonly method: 'GET' | 'POST';
  /** Path and query as printed, braces included. */
  target: string;
  /** Parsed; undefined for a GET. */
  readonly body: Json;
}

export type Language = 'java' | 'php';

interface Printed {
  readonly section: string;
  readonly call: string;
  readonly languages: Language[];
  readonly method: 'GET' | 'POST';
  readonly url: string;
}

export const PRINTED: Printed[] = JSON.parse(textOf('requests.json'));

/** The one that this section prints, in this language where they differ. */
export function printedIn(section: string, language: Language = 'php'): Printed {
  const found = PRINTED.find((it) => it.section === section && it.languages.includes(language));
  if (found === undefined) throw new Error(`the guide prints no message in ${section}`);
  return found;
}

/** The very bytes of the body: of Java as its source has them, of PHP as `json_encode` writes them. */
export function bytesOf({ section, call, method }: Printed, language: Language): string {
  return method === 'GET' ? '' : textOf(`${section}-${call}.${language}.json`);
}

export function messageOf(printed: Printed): Message {
  const { method, url } = printed;
  const target = url.slice(new URL(url).origin.length);
  const bytes = bytesOf(printed, 'java');
  return { method, target, body: bytes === '' ? undefined : JSON.parse(bytes) };
}

/** Sets one parameter of the query, and leaves the rest as it is written. */
export function withParameter(target: string, name: string, value: string): string {
  const [path = '', query = ''] = target.split('?');
  const others = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${name}=`));
  return `${path}?${[...others, `${name}=${value}`].join('&')}`;
}

export function withoutParameter(target: string, name: string): string {
  return withParameter(target, name, '').replace(new RegExp(`[?&]${name}=$`), '');
}

function textOf(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}
