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
import { callerOf, demand, secretIn } from '../http/authentication.ts';
import { parseBody } from '../http/body.ts';
import { Problem } from '../http/problems.ts';
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
  router.use(apiKeys ? authenticateReader(apiKeys, sessions?.keyOf) : onlyToHere);

  const read = readJson(boundBodies, LIMIT);
  for (const [path, turn] of [
    ['/decode', decoded],
    ['/encode', encoded],
  ] as const) {
    router.post(path, ofNamespace(namespace), ...read, async (request, response) => {
      const { payloads } = parseBody(Payloads, request.body);
      const turned = await turn(payloads.map(payloadOf), codec);
      const { length, unreadable } = turned;
      const caller = callerOf(response);
      logger.info({ caller, payloads: length, unreadable }, `codec: ${path.slice(1)}`);
      response.json({ payloads: turned.payloads.map(jsonOf) });
    });
  }
  return router;
}

interface Turned {
  readonly payloads: readonly Payload[];
  readonly length: number;
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
  return { payloads: await Promise.all(opened), length: payloads.length, unreadable };
}

async function encoded(payloads: readonly Payload[], codec: OrderCodec): Promise<Turned> {
  const turned = await codec.encode([...payloads]);
  return { payloads: turned, length: turned.length, unreadable: 0 };
}

/** By a key, or by the cookie of a login, which a browser sends for whichever page asks: `onlyFrom` has looked at that. */
function authenticateReader(
  keys: Pick<ApiKeys, 'find'>,
  keyOfSession: ReturnType<typeof createSessions>['keyOf'] | undefined,
): RequestHandler {
  return (request, response, next) => {
    const secret = secretIn(request);
    const key = secret === undefined ? keyOfSession?.(request) : keys.find(secret);
    if (!key) {
      const detail = `Send Authorization: Bearer <API key> of the scope codec, or log in at ${request.baseUrl}/login.`;
      throw new Problem('unauthenticated', { detail });
    }
    demand(key, 'codec');
    response.locals['caller'] = key.name;
    next();
  };
}

/** The keys of one namespace's orders say nothing of another's. */
function ofNamespace(namespace: string): RequestHandler {
  return (request, _response, next) => {
    const given = request.get('x-namespace');
    if (given !== undefined && given !== namespace) {
      const detail = `The header X-Namespace must be ${namespace}.`;
      throw new Problem('invalid-request', { detail });
    }
    next();
  };
}
