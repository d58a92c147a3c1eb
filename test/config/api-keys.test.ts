/** The file of API keys, and the faults that it can have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApiKeys } from '../../config/api-keys.ts';
import { apiConfig } from '../../config/programs.ts';
import { api, faultsOf, fileOf } from './environment.ts';

const [AB, CD] = ['ab'.repeat(32), 'cd'.repeat(32)];

test('each line is a key: its name, its scopes, its digest in either case', () => {
  const text = `# who  what         digest\n\nshop  read,orders  ${AB}\n  desk codec ${CD.toUpperCase()}\r\n`;
  assert.deepEqual(parseApiKeys(text), [
    { name: 'shop', scopes: ['read', 'orders'], sha256: Buffer.from(AB, 'hex') },
    { name: 'desk', scopes: ['codec'], sha256: Buffer.from(CD, 'hex') },
  ]);
});

const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const FAULTS: Readonly<Record<string, RegExp>> = {
  '': /has no key/,
  '# nobody': /has no key/,
  my_secret_key: /line 1 must begin with a name/,
  [`Shop read ${AB}`]: /line 1 must begin with a name/,
  [`shop ${AB}`]: /line 1 must have scopes of read, orders, refunds, codec/,
  [`shop read,all ${AB}`]: /line 1 must have scopes/,
  [`shop read, ${AB}`]: /line 1 must have scopes/,
  [`shop read my-secret-key`]: /line 1 must end with the SHA-256/,
  [`shop read ${AB} my-secret-key`]: /line 1 must end with the SHA-256/,
  [`shop read ${NOTHING}`]: /digest of an empty key/,
  [`shop read ${AB}\nshop codec ${CD}`]: /line 2 has a name of before/,
  [`shop read ${AB}\ndesk codec ${AB}`]: /line 2 has a key of before/,
};
for (const [text, rule] of Object.entries(FAULTS)) {
  test(`${JSON.stringify(text.slice(0, 24))} is no list of keys, and is not repeated`, () => {
    const [fault = ''] = faultsOf(apiConfig, { ...api, API_KEYS_FILE: fileOf('faulty', text) });
    assert.match(fault, /^ {2}API_KEYS_FILE /);
    assert.match(fault, rule);
    assert.doesNotMatch(fault, /secret|abab/);
  });
}

test('a file that is not there is named', () => {
  const [fault] = faultsOf(apiConfig, { ...api, API_KEYS_FILE: '/nowhere/api_keys' });
  assert.equal(fault, '  API_KEYS_FILE cannot be read (ENOENT)');
});
