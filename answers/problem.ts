/** What is answered instead of a result: RFC 9457 problem documents, each kind with its status and title. */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { refusalFields } from './refusal.ts';
import { EN } from '../words/en.ts';
import type { Refusal } from '../payscore/refusals/refusal.ts';

/** `errors`: each fault of a request. `refusal`: what WeChat Pay said, where it did. */
type Extra = 'errors' | 'refusal';

export const PROBLEMS = {
  'invalid-request': [400, 'The request has faults', 'errors'],
  'not-json': [415, 'Bodies are JSON'],
  'not-from-here': [403, 'Without API keys, only programs on this machine are let in'],
  unauthenticated: [401, 'An API key is needed'],
  forbidden: [403, 'This API key may not do that'],
  'not-found': [404, 'There is no such order'],
  'no-such-refund': [404, 'There is no such refund'],
  'not-reconciled': [404, 'There is no such report'],
  'no-such-finding': [404, 'There is no such finding'],
  'no-such-event': [404, 'There is no such event'],
  'nothing-to-acknowledge': [409, 'The finding needs nobody'],
  'no-schedule': [404, 'There is no daily schedule'],
  'no-such-route': [404, 'There is no such route'],
  'not-allowed': [409, 'The order does not allow this now'],
  'different-body': [409, 'This out_order_no was opened with another body'],
  'different-refund': [409, 'This out_refund_no was used for another refund'],
  'number-taken': [409, 'WeChat Pay has another order under this out_order_no', 'refusal'],
  'key-reused': [422, 'This Idempotency-Key was used for another request'],
  'too-large': [413, 'The body is too large'],
  'refused-by-wechat-pay': [422, 'WeChat Pay refused', 'refusal'],
  'not-created': [422, 'The order was not created', 'refusal'],
  unauthorized: [422, 'The user has not authorised the service'],
  busy: [429, 'Too many requests at once'],
  overloaded: [429, 'More is asked than can be served now'],
  internal: [500, 'Something went wrong here'],
  'not-taken': [503, 'Not taken'],
  unavailable: [503, 'Not available now', 'refusal'],
} as const satisfies Record<string, readonly [status: number, title: string, extra?: Extra]>;
export type ProblemKind = keyof typeof PROBLEMS;

export const Fault = z.object({
  pointer: z.string().meta({
    description: 'JSON pointer (RFC 6901) into the body or the query.',
    example: '/amount',
  }),
  detail: z.string().meta({ description: 'What is wrong with it.' }),
});
export type Fault = Answer<typeof Fault>;

const EXTRAS = {
  errors: {
    errors: z
      .array(Fault)
      .max(20)
      .meta({
        description: 'Each fault, at most 20 of them; absent where the whole request is one.',
      })
      .optional(),
  },
  refusal: z
    .object({
      ...refusalFields,
      cause: z.string().meta({ description: 'The usual cause, in words for people.' }),
      action: z.string().meta({ description: 'What can be done, in words for people.' }),
    })
    .partial().shape,
};

export interface ProblemFacts {
  readonly detail: string;
  readonly errors?: readonly Fault[];
  /** WeChat's refusal, in its own words. */
  readonly refusal?: Refusal;
}

const EXAMPLES: Readonly<Partial<Record<ProblemKind, ProblemFacts>>> = {
  'invalid-request': {
    detail: '1 fault in the body. Nothing was started.',
    errors: [{ pointer: '/total_amount', detail: 'must not be negative' }],
  },
  'not-allowed': {
    detail:
      'an amount can be lowered only while WeChat Pay is charging (paying); the order is paid',
  },
  'refused-by-wechat-pay': {
    detail: 'The order is unchanged; a corrected request can follow.',
    refusal: {
      ...{ status: 400, code: 'INVALID_ORDER_STATE', message: '订单状态不合法' },
      ...{ request_id: '08E8A4C90610B70A-271302262', reason: 'state' },
    },
  },
};

/** The shape of each kind. */
export const ProblemShapes = Object.fromEntries(
  Object.keys(PROBLEMS).map((kind) => [kind, shapeOf(kind as ProblemKind)]),
) as Readonly<Record<ProblemKind, ReturnType<typeof shapeOf>>>;

function shapeOf(kind: ProblemKind) {
  const [status, title, extra]: readonly [number, string, Extra?] = PROBLEMS[kind];
  return z
    .object({
      type: z.literal(`urn:payscore-orders:${kind}`),
      title: z.literal(title),
      status: z.literal(status),
      detail: z.string().meta({ description: 'What it is about, in words for people.' }),
      ...(extra && EXTRAS[extra]),
    })
    .meta({
      ...{ id: `Problem.${kind}`, description: `${title}.` },
      example: told(problemDocument(kind, EXAMPLES[kind] ?? { detail: `${title}.` })),
    });
}

export function problemDocument(kind: ProblemKind, { detail, errors, refusal }: ProblemFacts) {
  const [status, title] = PROBLEMS[kind];
  const { code, message, request_id, reason } = refusal ?? {};
  const type = `urn:payscore-orders:${kind}`;
  const said = { code, message, request_id, reason, ...(reason && EN.advice[reason]) };
  return { type, title, status, detail, errors, ...said };
}

/** As it is sent: without what is undefined. */
function told(document: object): object {
  return JSON.parse(JSON.stringify(document)) as object;
}
