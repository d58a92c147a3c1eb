/** The keys under which Temporal's payloads are encrypted, as the programs are told of them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { apiConfig, workerConfig } from '../../config/programs.ts';
import { api, faultsOf, fileOf, worker } from './environment.ts';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const files = [
  fileOf('new.key', `${NEW.toString('hex')}\n`),
  fileOf('old.key', OLD.toString('hex').toUpperCase()),
];

test('the first key encrypts, unless it is said that nothing is to be', () => {
  const given = { ...api, CODEC_KEY_FILES: files.join(', ') };
  assert.deepEqual(apiConfig(given).codec, { secrets: [NEW, OLD], encrypts: true });
  const off = { ...given, CODEC_ENCRYPTION: 'off' };
  assert.deepEqual(apiConfig(off).codec, { secrets: [NEW, OLD], encrypts: false });
});

test('there is no way to store orders in clear but to say so', () => {
  const { CODEC_KEY_FILES: _, ...rest } = worker;
  const [fault] = faultsOf(workerConfig, rest);
  assert.match(
    fault ?? '',
    /CODEC_KEY_FILES is needed: .*openssl rand -hex 32.*CODEC_ENCRYPTION=off/,
  );
  const off = workerConfig({ ...rest, CODEC_ENCRYPTION: 'off' });
  assert.deepEqual(off.codec, { secrets: [], encrypts: false });
  assert.match(
    faultsOf(workerConfig, { ...rest, CODEC_ENCRYPTION: 'no' }).join(),
    /must be on or off/,
  );
});

test('a key is 64 hex digits, and a fault shows nothing of it', () => {
  for (const content of ['', NEW.toString('base64'), `${NEW.toString('hex')}0`, 'f'.repeat(63)]) {
    const path = fileOf('wrong.key', content);
    const [fault = ''] = faultsOf(apiConfig, { ...api, CODEC_KEY_FILES: path });
    assert.match(fault, /CODEC_KEY_FILES.* does not hold a codec key of 64 hex digits/);
    assert.ok(content === '' || !fault.includes(content));
  }
});
