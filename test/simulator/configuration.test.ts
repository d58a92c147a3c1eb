/** The environment of the command. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfiguration } from '../../simulator/configuration.ts';

test('takes the address for authorisations from the environment, if it has a path and no query', () => {
  const read = (url: string) =>
    readConfiguration({ SIMULATOR_AUTHORIZATION_NOTIFY_URL: url }).authorizationNotifyUrl;
  assert.equal(read('http://a.test/open'), 'http://a.test/open');
  assert.equal(read(''), undefined);
  assert.throws(() => read('http://a.test'));
  assert.throws(() => read('http://a.test/open?x=1'));
});

test('takes a TLS certificate and its key together, or neither, and names the missing one', () => {
  const [SIMULATOR_TLS_CERT_FILE, SIMULATOR_TLS_KEY_FILE] = ['cert.pem', 'key.pem'];
  const { tlsFiles } = readConfiguration({ SIMULATOR_TLS_CERT_FILE, SIMULATOR_TLS_KEY_FILE });
  assert.deepEqual(tlsFiles, { cert: 'cert.pem', key: 'key.pem' });
  assert.equal(readConfiguration({}).tlsFiles, undefined);
  assert.throws(() => readConfiguration({ SIMULATOR_TLS_CERT_FILE }), /SIMULATOR_TLS_KEY_FILE/);
  assert.throws(() => readConfiguration({ SIMULATOR_TLS_KEY_FILE }), /SIMULATOR_TLS_CERT_FILE/);
});

test('takes a preset and policies from the environment, and says where they are not any', () => {
  const read = readConfiguration({
    SIMULATOR_PRESET: 'strict',
    SIMULATOR_POLICIES: '{"notify_url_scheme":"http_or_https"}',
  });
  assert.deepEqual(
    [read.preset, read.policies],
    ['strict', { notify_url_scheme: 'http_or_https' }],
  );
  assert.throws(() => readConfiguration({ SIMULATOR_PRESET: 'harsh' }), /SIMULATOR_PRESET/);
  for (const wrong of ['{"attach":1}', '{', '{"attach_length":201}']) {
    assert.throws(() => readConfiguration({ SIMULATOR_POLICIES: wrong }), /SIMULATOR_POLICIES/);
  }
});

test('has a merchant’s side where the address of our API is given, and else none', () => {
  const SIMULATOR_MERCHANT_API = 'http://127.0.0.1:3000/';
  assert.equal(readConfiguration({}).merchantSide, undefined);
  assert.deepEqual(readConfiguration({ SIMULATOR_MERCHANT_API }).merchantSide, {
    api: 'http://127.0.0.1:3000',
    keyFile: undefined,
    eventsSecretFile: undefined,
    temporalUi: undefined,
  });
  const { merchantSide } = readConfiguration({
    SIMULATOR_MERCHANT_API,
    SIMULATOR_MERCHANT_KEY_FILE: 'key',
    SIMULATOR_MERCHANT_EVENTS_SECRET_FILE: 'secret',
    SIMULATOR_TEMPORAL_UI: 'http://127.0.0.1:8233/namespaces/default',
  });
  assert.deepEqual(
    [merchantSide?.keyFile, merchantSide?.eventsSecretFile, merchantSide?.temporalUi],
    ['key', 'secret', 'http://127.0.0.1:8233/namespaces/default'],
  );
  assert.throws(() => readConfiguration({ SIMULATOR_MERCHANT_API: 'file:///x' }), /MERCHANT_API/);
});
