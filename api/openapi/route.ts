/** A route as the document has it: one entry of the table that stands beside the routes of each resource. */
import { z } from 'zod';
import type {
  ZodOpenApiPathsObject,
  ZodOpenApiOperationObject,
  ZodOpenApiParameters,
  ZodOpenApiResponseObject,
} from 'zod-openapi';
import { scopeOf } from '../http/scope.ts';
import { PROBLEMS, ProblemShapes, titleOf, type ProblemKind } from '../../answers/problem.ts';
import { LANGUAGES } from '../../words/language.ts';

export interface Documented {
  readonly method: 'get' | 'post';
  /** `/v1/service-orders/{out_order_no}` */
  readonly path: string;
  /** What generated clients call it. */
  readonly operationId: string;
  readonly tag: Tag;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: Pick<ZodOpenApiParameters, 'path' | 'query'> & {
    readonly header?: z.ZodObject;
  };
  readonly body?: {
    readonly schema: z.ZodType;
    readonly example: object;
    /** It may be left out. */
    readonly isOptional?: true;
  };
  readonly answers: Readonly<Record<number, Told>>;
  /** Beside those that every route of `/v1` may answer. */
  readonly problems?: readonly ProblemKind[];
  /** Of answers that are problem documents, where they have more than what all have. */
  readonly problemHeaders?: Readonly<Record<number, Headers>>;
}

export interface Told {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** `application/json` unless given. */
  readonly type?: string;
  readonly headers?: Headers;
  readonly example?: unknown;
}

export type Tag =
  | 'Orders'
  | 'Refunds'
  | 'Authorizations'
  | 'Reconciliation'
  | 'Events'
  | 'Callbacks'
  | 'Health'
  | 'This document';

type Headers = Readonly<Record<string, { readonly $ref: string }>>;

/** What `headers` of an answer says of one that is declared once. */
export const header = (name: keyof typeof HEADERS) => ({
  [name]: { $ref: `#/components/headers/${name}` },
});

export const HEADERS = {
  Location: {
    description: 'Where it is read: the order, the refund, the day.',
    schema: { type: 'string', example: '/v1/service-orders/R20261128' },
  },
  'Idempotency-Replayed': {
    description:
      '`true`: the same was asked for before, and this is what came of it. Absent where this request did it.',
    schema: { type: 'string', const: 'true' },
  },
  'Retry-After': {
    description: 'With `overloaded`: after how many seconds the same request may come.',
    schema: { type: 'string', pattern: '^\\d+$', example: '3' },
  },
  'Content-Language': {
    description: 'In which language it says what is for people.',
    schema: { type: 'string', enum: LANGUAGES.slice() },
  },
  Vary: {
    description: 'That it depends on `Accept-Language`.',
    schema: { type: 'string', const: 'Accept-Language' },
  },
  'Content-Disposition': {
    description: 'The name of the file.',
    schema: { type: 'string', example: 'attachment; filename="month-2026-11.csv"' },
  },
} as const;

/** Of an answer that has words for people. */
export const WORDED: Headers = { ...header('Content-Language'), ...header('Vary') };

const AcceptLanguage = z.string().meta({
  description: 'In which language people are told, `en` or `zh`; the operator’s unless asked for.',
  example: 'zh-CN',
});

/** Of every route that asks for a key, whatever else it does. */
const OF_V1: readonly ProblemKind[] = [
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-from-here',
  'too-large',
  'not-json',
  'internal',
];

/** Where Temporal is asked. */
export const ASKS_TEMPORAL: readonly ProblemKind[] = ['busy', 'not-taken', 'unavailable'];
/** Where a worker is asked, so that only as many are let in as can be served. */
export const ASKS_WORKER: readonly ProblemKind[] = [...ASKS_TEMPORAL, 'overloaded'];

export function pathsOf(routes: readonly Documented[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method] = operationOf(route);
  }
  return paths;
}

function operationOf(route: Documented): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, parameters, body, answers } = route;
  return {
    ...{ operationId, summary, tags: [tag] },
    ...(description !== undefined && { description }),
    ...(isOfV1(route) ? { security: [{ key: [scopeIn(route)] }] } : { security: [] }),
    ...(speaks(route) && { requestParams: withLanguage(parameters) }),
    ...(body && {
      requestBody: {
        required: !body.isOptional,
        content: { 'application/json': { schema: body.schema, example: body.example } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, told]) => [status, responseOf(told)]),
      ),
      ...problemResponses(route),
    },
  };
}

/** To business code and to probes; WeChat Pay and readers of this document are told in English. */
function speaks(route: Documented): boolean {
  return isOfV1(route) || route.tag === 'Health';
}

function withLanguage(parameters: Documented['parameters']) {
  const own = parameters?.header?.shape;
  return {
    ...parameters,
    header: z.object({ ...own, 'Accept-Language': AcceptLanguage.optional() }),
  };
}

function isOfV1({ path }: Documented): boolean {
  return path.startsWith('/v1/');
}

function scopeIn({ method, path }: Documented): string {
  return scopeOf({ method: method.toUpperCase(), path: path.slice('/v1'.length) });
}

function responseOf({
  description,
  schema,
  type = 'application/json',
  headers,
  example,
}: Told): ZodOpenApiResponseObject {
  return {
    description,
    ...(headers && { headers }),
    ...(schema && { content: { [type]: { schema, ...(example !== undefined && { example }) } } }),
  };
}

function problemResponses(route: Documented): Record<string, ZodOpenApiResponseObject> {
  const kinds = new Set([...(isOfV1(route) ? OF_V1 : []), ...(route.problems ?? [])]);
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const status of new Set([...kinds].map((kind) => PROBLEMS[kind][0]))) {
    const alike = [...kinds].filter((kind) => PROBLEMS[kind][0] === status);
    const headers = {
      ...WORDED,
      ...(kinds.has('overloaded') && status === 429 && header('Retry-After')),
      ...route.problemHeaders?.[status],
    };
    responses[status] = {
      description: alike.map((kind) => `\`${kind}\`: ${titleOf(kind)}.`).join(' '),
      headers,
      content: {
        'application/problem+json': { schema: anyOf(alike) },
      },
    };
  }
  return responses;
}

function anyOf(kinds: readonly ProblemKind[]): z.ZodType {
  const [first, ...others] = kinds.map((kind) => ProblemShapes[kind]);
  if (!first) throw new Error('a status without a kind');
  return others.length === 0 ? first : z.discriminatedUnion('type', [first, ...others]);
}
