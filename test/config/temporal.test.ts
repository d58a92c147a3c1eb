/** The variables by which the programs reach Temporal: what is wrong with them is said before anything connects. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { join } from 'node:path';
import { temporalConfig, type Environment } from '../../config/programs.ts';
import { createAuthority } from '../support/authority.ts';
import { faultsOf, folder, SECRET, secretFile } from './environment.ts';

const authority = await createAuthority();
after(() => authority.remove());
const client = await authority.issue('client');
const expired = await authority.issue('expired', [], -1);

const complete = {
  TEMPORAL_ADDRESS: 'temporal.example.com:7233',
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
  TEMPORAL_TLS_CLIENT_CERT_PATH: client.certFile,
  TEMPORAL_TLS_CLIENT_KEY_PATH: client.keyFile,
  TEMPORAL_API_KEY: 'a-key',
};
const nowhere = join(folder, 'nowhere.pem');
const faultIn = (change: Environment) => {
  const faults = faultsOf(temporalConfig, { ...complete, ...change });
  assert.equal(faults.length, 1, faults.join('\n'));
  assert.ok(!faults[0]!.includes(SECRET));
  return faults[0]!.trim();
};

test('an authority, a client certificate and an API key are what the clients connect with', () => {
  const { connectionOptions } = temporalConfig(complete);
  assert.equal(connectionOptions.apiKey, 'a-key');
  assert.ok(typeof connectionOptions.tls === 'object' && connectionOptions.tls);
  const { serverRootCACertificate: ca, clientCertPair } = connectionOptions.tls;
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
  assert.deepEqual(
    [text(ca), text(clientCertPair?.crt), text(clientCertPair?.key)],
    [authority.ca, client.cert, client.key],
  );
});

test('an API key asks for TLS; an empty one for nothing', () => {
  assert.equal(temporalConfig({ TEMPORAL_API_KEY: 'a-key' }).connectionOptions.tls, true);
  const { apiKey, tls } = temporalConfig({
    TEMPORAL_API_KEY: '',
    TEMPORAL_TLS: '',
  }).connectionOptions;
  assert.deepEqual([apiKey, tls], [undefined, undefined]);
});

for (const [name, change, fault] of [
  [
    'an address that is a URL',
    { TEMPORAL_ADDRESS: 'https://temporal:7233' },
    'TEMPORAL_ADDRESS must be host:port, without a scheme',
  ],
  [
    'an authority that is not there',
    { TEMPORAL_TLS_SERVER_CA_CERT_PATH: nowhere },
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH cannot be read (ENOENT)',
  ],
  [
    'an authority that is no certificate',
    { TEMPORAL_TLS_SERVER_CA_CERT_PATH: secretFile },
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH does not hold certificates in PEM',
  ],
  [
    'a certificate that is not there',
    { TEMPORAL_TLS_CLIENT_CERT_PATH: nowhere },
    'TEMPORAL_TLS_CLIENT_CERT_PATH cannot be read (ENOENT)',
  ],
  [
    'a certificate that is none',
    { TEMPORAL_TLS_CLIENT_CERT_PATH: client.keyFile },
    'TEMPORAL_TLS_CLIENT_CERT_PATH does not hold a certificate in PEM',
  ],
  [
    'a key that is not there',
    { TEMPORAL_TLS_CLIENT_KEY_PATH: nowhere },
    'TEMPORAL_TLS_CLIENT_KEY_PATH cannot be read (ENOENT)',
  ],
  [
    'a key that is none',
    { TEMPORAL_TLS_CLIENT_KEY_PATH: secretFile },
    'TEMPORAL_TLS_CLIENT_KEY_PATH does not hold a private key in PEM',
  ],
  [
    'a key of another certificate',
    { TEMPORAL_TLS_CLIENT_KEY_PATH: expired.keyFile },
    'TEMPORAL_TLS_CLIENT_KEY_PATH is not the key of TEMPORAL_TLS_CLIENT_CERT_PATH',
  ],
  [
    'an API key in the clear',
    { TEMPORAL_TLS: 'false' },
    'TEMPORAL_API_KEY travels over TLS only: TEMPORAL_TLS must not be false',
  ],
  [
    'a word for TLS that the SDK reads as no',
    { TEMPORAL_TLS: 'yes', TEMPORAL_API_KEY: undefined },
    'TEMPORAL_TLS must be true or false',
  ],
  [
    'an API key with its line break',
    { TEMPORAL_API_KEY: `${SECRET}\n` },
    'TEMPORAL_API_KEY must be one word of ASCII',
  ],
] as const) {
  test(`does not connect with ${name}`, () => assert.equal(faultIn(change), fault));
}

test('does not connect with a certificate that has expired, and says since when', () => {
  const { certFile, keyFile } = expired;
  const fault = faultIn({
    TEMPORAL_TLS_CLIENT_CERT_PATH: certFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile,
  });
  assert.match(fault, /^TEMPORAL_TLS_CLIENT_CERT_PATH is valid from .+ until .+ only$/);
});

test('does not connect with half of a client certificate, as the SDK would: as nobody', () => {
  for (const half of ['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH']) {
    const other = /CERT_PATH/.test(half)
      ? 'TEMPORAL_TLS_CLIENT_KEY_PATH'
      : 'TEMPORAL_TLS_CLIENT_CERT_PATH';
    assert.match(faultIn({ [other]: undefined }), new RegExp(`^${half} needs the other`));
  }
});

test('every fault is named at once', () => {
  const faults = faultsOf(temporalConfig, {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: nowhere,
    TEMPORAL_TLS_CLIENT_CERT_PATH: nowhere,
    TEMPORAL_TLS_CLIENT_KEY_PATH: nowhere,
  });
  assert.equal(faults.length, 3);
});
