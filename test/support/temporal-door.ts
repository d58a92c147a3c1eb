/** In front of a Temporal server what its operators put there: TLS with client certificates, and an authorizer. */
import { once } from 'node:events';
import {
  connect,
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Issued } from './authority.ts';

const PERMISSION_DENIED = '7';

export interface DoorOptions {
  /** Of the server behind, which speaks plainly. */
  readonly address: string;
  readonly server: Issued;
  /** Who issues certificates for clients; without it none is asked for. */
  readonly clientCa?: string;
  /** Whom the authorizer lets in; everybody without it. */
  readonly apiKey?: string;
  /** Let in as well, with `<namespace>:write`, as API and worker are. */
  readonly writerKey?: string;
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

export async function openDoor({ address, server, clientCa, ...keys }: DoorOptions) {
  const inside = connect(`http://${address}`);
  /** What clients said of themselves. */
  const authorizations = new Set<string | undefined>();
  const sessions = new Set<ServerHttp2Session>();
  const door = createSecureServer({
    ...{ cert: server.cert, key: server.key },
    ...(clientCa !== undefined && { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  });
  door.on('session', (session: ServerHttp2Session) => {
    sessions.add(session.on('close', () => sessions.delete(session)).on('error', () => undefined));
  });
  door.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined);
    authorizations.add(headers.authorization);
    if (isLetIn(headers, keys)) pass(stream, inside.request(headers));
    else stream.respond(DENIED, { endStream: true });
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    address: `127.0.0.1:${(door.address() as AddressInfo).port}`,
    authorizations,
    async close() {
      for (const session of sessions) session.destroy();
      inside.destroy();
      door.close();
      await once(door, 'close');
    },
  };
}

function isLetIn(
  { authorization, ':path': path = '' }: IncomingHttpHeaders,
  { apiKey, writerKey }: Pick<DoorOptions, 'apiKey' | 'writerKey'>,
): boolean {
  if (apiKey === undefined || authorization === `Bearer ${apiKey}`) return true;
  if (FOR_EVERYBODY.test(path)) return true;
  return authorization === `Bearer ${writerKey}` && !FOR_ADMINS.test(path);
}

/** As Temporal's own authorizer does it, and answers. */
const FOR_EVERYBODY = /^\/(grpc\.health\.v1\.Health\/Check|.*\.WorkflowService\/GetSystemInfo)$/;
const FOR_ADMINS = /\/(RegisterNamespace|UpdateNamespace|AddSearchAttributes)$/;
const DENIED = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-status': PERMISSION_DENIED,
  'grpc-message': 'Request unauthorized.',
};

function pass(
  stream: ServerHttp2Stream,
  request: ReturnType<ReturnType<typeof connect>['request']>,
) {
  let trailers: IncomingHttpHeaders = {};
  request.on('response', (headers, flags) => {
    const isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    if (stream.destroyed) return;
    stream.respond(headers, isAll ? { endStream: true } : { waitForTrailers: true });
  });
  request.on('trailers', (received) => (trailers = received));
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('close', () => request.close(constants.NGHTTP2_CANCEL));
  request.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.pipe(request).pipe(stream);
}
