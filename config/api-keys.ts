/** The file of API keys: who may call the API, and for what. Of a key only its SHA-256 is known. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * - `read`: looks at orders, permissions and reports
 * - `orders`: opens and changes orders, ends authorizations, starts reconciliations
 * - `refunds`: pays money back
 * - `codec`: reads what Temporal stores, openids and places included
 */
export const SCOPES = ['read', 'orders', 'refunds', 'codec'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  /** Stands in the timeline of what it asked for. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly sha256: Buffer;
}

/** What hashing a variable that was not set gives. */
const DIGEST_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * One key in a line, `shop read,orders 3a7b…`: its name, its scopes, and its SHA-256 in hex. Lines that begin with `#` say
 * nothing.
 *
 * @throws {TypeError} which names the line and the rule, and nothing of its content
 */
export function parseApiKeys(text: string): ApiKey[] {
  const keys: ApiKey[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    const fault = faultOf(words) ?? doubleOf(keys, words);
    if (fault !== undefined) throw new TypeError(`line ${index + 1} ${fault}`);
    const [name = '', scopes = '', sha256 = ''] = words;
    keys.push({
      name,
      scopes: scopes.split(',') as Scope[],
      sha256: Buffer.from(sha256, 'hex'),
    });
  }
  if (keys.length === 0) throw new TypeError('has no key');
  return keys;
}

function faultOf([name = '', scopes = '', sha256 = '', ...rest]: readonly string[]) {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
    return 'must begin with a name of up to 32 small letters, digits and hyphens';
  }
  if (!scopes.split(',').every((scope) => (SCOPES as readonly string[]).includes(scope))) {
    return `must have scopes of ${SCOPES.join(', ')}, separated by commas, behind the name`;
  }
  if (!/^[0-9a-f]{64}$/i.test(sha256) || rest.length > 0) {
    return 'must end with the SHA-256 of the key in hex';
  }
  return sha256.toLowerCase() === DIGEST_OF_NOTHING ? 'has the digest of an empty key' : undefined;
}

function doubleOf(keys: readonly ApiKey[], [name, , sha256 = '']: readonly string[]) {
  if (keys.some((key) => key.name === name)) return 'has a name of before';
  const isKnown = keys.some((key) => key.sha256.equals(Buffer.from(sha256, 'hex')));
  return isKnown ? 'has a key of before' : undefined;
}

/** The variable: a path, and what is in the file now. */
export const ApiKeysFile = z.string().transform((path, context) => {
  try {
    return { path, keys: parseApiKeys(readFileSync(path, 'utf8')), parse: parseApiKeys };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    context.addIssue({ code: 'custom', message: code ? `cannot be read (${code})` : message });
    return z.NEVER;
  }
});
