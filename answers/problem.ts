/** What is answered instead of a result: RFC 9457 problem documents, each kind with its status and, in the language of the answer, its title. */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { refusalFields } from './refusal.ts';
import type { Refusal } from '../payscore/refusals/refusal.ts';
import { wordsIn } from '../words/catalogue.ts';
import type { Words } from '../words/en.ts';
import { LANGUAGES } from '../words/language.ts';

/** `errors`: each fault of a request. `refusal`: what WeChat Pay said, where it did. */
type Extra = 'errors' | 'refusal';

type Titles = Words['problems']['titles'];

export const PROBLEMS = {
  'invalid-request': [400, 'errors'],
  'not-json': [415],
  'not-from-here': [403],
  unauthenticated: [401],
  forbidden: [403],
  'not-found': [404],
  'no-such-refund': [404],
  'not-reconciled': [404],
  'no-such-finding': [404],
  'no-such-event': [404],
  'nothing-to-acknowledge': [409],
  'no-schedule': [404],
  'no-such-route': [404],
  'not-allowed': [409],
  'different-body': [409],
  'different-refund': [409],
  'number-taken': [409, 'refusal'],
  'key-reused': [422],
  'too-large': [413],
  'refused-by-wechat-pay': [422, 'refusal'],
  'not-created': [422, 'refusal'],
  unauthorized: [422],
  busy: [429],
  overloaded: [429],
  internal: [500],
  'not-taken': [503],
  unavailable: [503, 'refusal'],
} as const satisfies Record<keyof Titles, readonly [status: number, extra?: Extra]>;
export type ProblemKind = keyof typeof PROBLEMS;

const Fault = z.object({
  pointer: z.string().meta({
    description: 'JSON pointer (RFC 6901) into the body or the query.',
    example: '/amount',
  }),
  detail: z.string().meta({ description: 'What is wrong with it.' }),
});
type Fault = Answer<typeof Fault>;

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

/** In words. */
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

/** As the document says it. */
const ENGLISH = wordsIn('en');

export function titleOf(kind: ProblemKind): string {
  return ENGLISH.problems.titles[kind];
}

/** The shape of each kind. */
export const ProblemShapes = Object.fromEntries(
  Object.keys(PROBLEMS).map((kind) => [kind, shapeOf(kind as ProblemKind)]),
) as Readonly<Record<ProblemKind, ReturnType<typeof shapeOf>>>;

function shapeOf(kind: ProblemKind) {
  const [status, extra]: readonly [number, Extra?] = PROBLEMS[kind];
  const title = titleOf(kind);
  return z
    .object({
      type: z.literal(`urn:payscore-orders:${kind}`),
      title: z
        .enum(LANGUAGES.map((language) => wordsIn(language).problems.titles[kind]))
        .meta({ description: 'The same in each language.' }),
      status: z.literal(status),
      detail: z.string().meta({ description: 'What it is about, in words for people.' }),
      ...(extra && EXTRAS[extra]),
    })
    .meta({
      ...{ id: `Problem.${kind}`, description: `${title}.` },
      example: told(problemDocument(kind, EXAMPLES[kind] ?? { detail: `${title}.` }, ENGLISH)),
    });
}

export function problemDocument(
  kind: ProblemKind,
  { detail, errors, refusal }: ProblemFacts,
  { advice, problems }: Words,
) {
  const [status] = PROBLEMS[kind];
  const title = problems.titles[kind];
  const { code, message, request_id, reason } = refusal ?? {};
  const type = `urn:payscore-orders:${kind}`;
  const said = { code, message, request_id, reason, ...(reason && advice[reason]) };
  return { type, title, status, detail, errors, ...said };
}

/** As it is sent: without what is undefined. */
function told(document: object): object {
  return JSON.parse(JSON.stringify(document)) as object;
}
