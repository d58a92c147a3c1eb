/**
 * The codec endpoint: opens what Temporal stores for its web UI and for the `temporal` command, and encrypts what is sent from
 * there. Openids and places are in it, so that each use is a line of the log, without content.
 */
import { Router, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Payload } from '@temporalio/common';
import { loginRoutes } from './login.ts';
import { onlyFrom } from './origins.ts';
import { jsonOf, payloadOf, Payloads } from './payloads.ts';
import { createSessions } from './session.ts';
import { onlyToHere } from '../door/caller.ts';
import { readJson } from '../door/json.ts';
import type { ApiKeys } from '../http/api-keys.ts';
import { authenticate, callerOf } from '../http/authentication.ts';
import { parseBody } from '../http/body.ts';
import { badHeader } from '../http/problems.ts';
import type { OrderCodec } from '../../temporal/codec/payload-codec.ts';
import { UnreadablePayloadError } from '../../temporal/codec/unreadable-payload.ts';

/** A page of a history. */
const LIMIT = '4mb';

export interface CodecParts {
  readonly codec: OrderCodec;
  /** Of the newest key, by which sessions are signed; undefined where nothing is encrypted. */
  readonly secret: Buffer | undefined;
  /** Of Temporal's web UI. */
  readonly origins: readonly string[];
  readonly namespace: string;
  /** Who is let in; undefined lets in every program of this machine, and the pages of these origins. */
  readonly apiKeys: Pick<ApiKeys, 'find' | 'named'> | undefined;
  readonly boundBodies: RequestHandler;
  readonly logger: Logger;
}

export function codecRoutes(parts: CodecParts): Router {
  const { codec, secret, origins, namespace, apiKeys, boundBodies, logger } = parts;
  const router = Router();
  const sessions = apiKeys && secret ? createSessions(secret, apiKeys) : undefined;
  if (apiKeys && sessions) router.use(loginRoutes({ keys: apiKeys, sessions, logger }));
  router.use(onlyFrom(origins));
  router.use(
    apiKeys
      ? authenticate({
          keys: apiKeys,
          scopeOf: () => 'codec',
          // A browser sends the cookie for whichever page asks: `onlyFrom` has looked at that.
          otherwise: (request) => sessions?.keyOf(request),
          instead: ({ baseUrl }, { problems }) => problems.door.sendCodecKey(`${baseUrl}/login`),
        })
      : onlyToHere,
  );

  const read = readJson(boundBodies, LIMIT);
  for (const [path, turn] of [
    ['/decode', decoded],
    ['/encode', encoded],
  ] as const) {
    router.post(path, ofNamespace(namespace), ...read, async (request, response) => {
      const { payloads } = parseBody(Payloads, request.body);
      const turned = await turn(payloads.map(payloadOf), codec);
      const { unreadable } = turned;
      const caller = callerOf(response);
      logger.info({ caller, payloads: payloads.length, unreadable }, `codec: ${path.slice(1)}`);
      response.json({ payloads: turned.payloads.map(jsonOf) });
    });
  }
  return router;
}

interface Turned {
  readonly payloads: readonly Payload[];
  readonly unreadable: number;
}

/** What no key of ours opens is given back as it came: the rest of the page is readable. */
async function decoded(payloads: readonly Payload[], codec: OrderCodec): Promise<Turned> {
  let unreadable = 0;
  const opened = payloads.map(async (payload) => {
    try {
      return (await codec.decode([payload]))[0] ?? payload;
    } catch (error) {
      if (!(error instanceof UnreadablePayloadError)) throw error;
      unreadable += 1;
      return payload;
    }
  });
  return { payloads: await Promise.all(opened), unreadable };
}

async function encoded(payloads: readonly Payload[], codec: OrderCodec): Promise<Turned> {
  return { payloads: await codec.encode([...payloads]), unreadable: 0 };
}

/** The keys of one namespace's orders say nothing of another's. */
function ofNamespace(namespace: string): RequestHandler {
  return (request, _response, next) => {
    const given = request.get('x-namespace');
    if (given !== undefined && given !== namespace) {
      throw badHeader('X-Namespace', ({ problems }) => problems.request.mustBe(namespace));
    }
    next();
  };
}
