/** Why Temporal does not take us, with the variable to look at: its clients tell "not before the deadline", or an error of Rust. */
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Connection, isGrpcServiceError, type ConnectionOptions } from '@temporalio/client';
import { handshake } from './handshake.ts';

const PATIENCE_MS = 5_000;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

export type Door = Pick<ConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'>;

/** For people: what is known of it, or else what the client says. */
export async function reasonOf(error: unknown, door: Door, namespace: string): Promise<string> {
  const said = error instanceof Error ? error.message : String(error);
  return (await whyUnreachable(door, namespace)) ?? said;
}

/** @returns undefined where it is not TLS or a permission that is missing: the network, or no server at all */
export async function whyUnreachable(door: Door, namespace: string): Promise<string | undefined> {
  const { address = '127.0.0.1:7233', tls } = door;
  if (!tls) return (await speaksTls(address)) ? SPEAKS_TLS : await whyDenied(door, namespace);

  const {
    serverRootCACertificate: ca,
    clientCertPair: own,
    serverNameOverride,
  } = tls === true ? {} : tls;
  const outcome = await handshake(address, {
    ...(ca && { ca: Buffer.from(ca) }),
    ...(own && { cert: Buffer.from(own.crt), key: Buffer.from(own.key) }),
    ...(serverNameOverride !== undefined && { servername: serverNameOverride }),
  } satisfies TlsOptions);
  if (outcome === 'welcome') return await whyDenied(door, namespace);
  const [, words] = HANDSHAKES.find(([codes]) => codes.test(outcome)) ?? [];
  return words?.(own !== undefined);
}

const SPEAKS_TLS =
  'Temporal speaks TLS at this address: set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH for an authority of your own';

const HANDSHAKES: readonly (readonly [RegExp, (hasOwn: boolean) => string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_SIGNATURE_FAILURE|INVALID_CA/,
    () =>
      'the certificate of Temporal’s server is not from an authority that we trust: TEMPORAL_TLS_SERVER_CA_CERT_PATH must name the one that issued it',
  ],
  [
    /ALTNAME_INVALID/,
    () =>
      'the certificate of Temporal’s server is for another name than TEMPORAL_ADDRESS has: TEMPORAL_TLS_SERVER_NAME says which to expect',
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    () =>
      'the certificate of Temporal’s server has expired, or is not valid yet by the clock of this machine',
  ],
  [
    /dropped|ALERT.*(CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/,
    (hasOwn) =>
      hasOwn
        ? 'Temporal’s server does not take our certificate: TEMPORAL_TLS_CLIENT_CERT_PATH must be from an authority that it trusts, and not expired'
        : 'Temporal’s server wants to see a certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH|ECONNRESET/,
    () =>
      'nobody speaks TLS at this address: TEMPORAL_ADDRESS, or the variables TEMPORAL_TLS… and TEMPORAL_API_KEY, which ask for it',
  ],
];

/** Whoever its certificate is from, and whatever it thinks of us. */
async function speaksTls(address: string): Promise<boolean> {
  const outcome = await handshake(address, { rejectUnauthorized: false });
  return outcome === 'welcome' || outcome === 'dropped' || outcome.includes('ALERT');
}

/** What a worker asks first. Temporal's own authorizer answers questions for health to everybody. */
async function whyDenied(door: Door, namespace: string): Promise<string | undefined> {
  const connection = Connection.lazy({ ...door, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return undefined;
  } catch (error) {
    const code = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== PERMISSION_DENIED && code !== UNAUTHENTICATED) return undefined;
    return door.apiKey === undefined
      ? `Temporal does not let us into the namespace ${namespace}: set TEMPORAL_API_KEY, or the client certificate that it asks for`
      : `Temporal does not let TEMPORAL_API_KEY into the namespace ${namespace}`;
  } finally {
    await connection.close();
  }
}
