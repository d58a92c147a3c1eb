/** Why Temporal does not take us, with the variable to look at: its clients tell "not before the deadline", or an error of Rust. */
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Connection, isGrpcServiceError, type ConnectionOptions } from '@temporalio/client';
import { handshake } from './handshake.ts';
import type { Words } from '../words/en.ts';
import { unreachable } from '../words/en/unreachable.ts';

const PATIENCE_MS = 5_000;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

type Unreachable = Words['doctor']['unreachable'];
export type Door = Pick<ConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'>;

/** For people: what is known of it, or else what the client says. */
export async function reasonOf(error: unknown, door: Door, namespace: string): Promise<string> {
  const said = error instanceof Error ? error.message : String(error);
  return (await whyUnreachable(door, namespace)) ?? said;
}

/**
 * @param words English, as logs are, unless somebody is told
 * @returns undefined where it is not TLS or a permission that is missing: the network, or no server at all
 */
export async function whyUnreachable(
  door: Door,
  namespace: string,
  words: Unreachable = unreachable,
): Promise<string | undefined> {
  const { address = '127.0.0.1:7233', tls } = door;
  if (!tls) {
    return (await speaksTls(address)) ? words.speaksTls : await whyDenied(door, namespace, words);
  }

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
  if (outcome === 'welcome') return await whyDenied(door, namespace, words);
  const [, told] = HANDSHAKES.find(([codes]) => codes.test(outcome)) ?? [];
  return told?.(words, own !== undefined);
}

const HANDSHAKES: readonly (readonly [RegExp, (words: Unreachable, hasOwn: boolean) => string])[] =
  [
    [
      /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_SIGNATURE_FAILURE|INVALID_CA/,
      ({ untrusted }) => untrusted,
    ],
    [/ALTNAME_INVALID/, ({ otherName }) => otherName],
    [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)/, ({ expired }) => expired],
    [
      /dropped|ALERT.*(CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/,
      ({ ownRefused, ownMissing }, hasOwn) => (hasOwn ? ownRefused : ownMissing),
    ],
    [/WRONG_VERSION_NUMBER|PACKET_LENGTH|ECONNRESET/, ({ speaksNoTls }) => speaksNoTls],
  ];

/** Whoever its certificate is from, and whatever it thinks of us. */
async function speaksTls(address: string): Promise<boolean> {
  const outcome = await handshake(address, { rejectUnauthorized: false });
  return outcome === 'welcome' || outcome === 'dropped' || outcome.includes('ALERT');
}

/** What a worker asks first. Temporal's own authorizer answers questions for health to everybody. */
async function whyDenied(
  door: Door,
  namespace: string,
  words: Unreachable,
): Promise<string | undefined> {
  const connection = Connection.lazy({ ...door, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return undefined;
  } catch (error) {
    const code = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== PERMISSION_DENIED && code !== UNAUTHENTICATED) return undefined;
    return door.apiKey === undefined ? words.denied(namespace) : words.apiKeyDenied(namespace);
  } finally {
    await connection.close();
  }
}
