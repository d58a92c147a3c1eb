/** The order as business code gets it: facts in words, and without what only compares repetitions. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { fen, inBeijing, KeyName, OrderNumber, time, TransactionNumber } from './fields.ts';
import { Jump, presentedJump } from './jump.ts';
import { NamedRefusal, Operation, Refusal } from './refusal.ts';
import type { Fact } from '../payscore/order/fact.ts';
import type { OrderView, PendingOperation, ToldOperation } from '../payscore/order/view.ts';
import type { Settled } from '../payscore/order/refund-due.ts';
import { PHASES } from '../payscore/rules/phase.ts';
import { TROUBLES } from '../payscore/rules/trouble.ts';
import type { Words } from '../words/en.ts';
import { authorizationJump } from '../wechatpay/jump-parameters.ts';

export const Phase = z.enum(PHASES).meta({
  id: 'Phase',
  description:
    'Where the order stands. `authorizing`: the user is to authorise the service. `creating`: whether it exists is not known yet. ' +
    '`in_service`. `paying`: completed, WeChat Pay is charging. Final: `paid`, `paid_elsewhere` (by sync), `free`, `cancelled`, ' +
    '`rejected` (not created), `unauthorized`.',
});

export const Trouble = z.enum(TROUBLES).meta({
  id: 'Trouble',
  description:
    'What keeps the order from going its way, the gravest of several; absent when all is well.',
});

/** Read leniently and passed on: samples of WeChat's break their own types. */
const asTold = (what: string) =>
  z.unknown().meta({ description: `As WeChat Pay last told it: ${what}.` });
const told = (what: string) =>
  z.string().meta({ description: `As WeChat Pay last told it: ${what}.` });
const beijingDigits = (what: string) =>
  z.string().meta({
    description: `As WeChat Pay last told it: ${what}, \`yyyyMMddHHmmss\` or \`yyyyMMdd\` in Beijing time.`,
    example: '20261128200000',
  });

const Collection = z
  .object({
    state: told('`USER_PAYING` or `USER_PAID`'),
    total_amount: fen('What is to be collected.').optional(),
    paying_amount: fen('What is still to be collected.').optional(),
    paid_amount: fen('What was collected.').optional(),
    details: z
      .array(
        z.object({
          seq: asTold('the number of the charge').optional(),
          amount: fen('What was charged.').optional(),
          paid_type: told(
            '`NEWTON` (charged by pay score), `MCH` (paid to the merchant)',
          ).optional(),
          paid_time: beijingDigits('when it was paid').optional(),
          transaction_id: TransactionNumber.optional(),
          promotion_detail: asTold('coupons').optional(),
        }),
      )
      .meta({ description: 'Each charge of it.' }),
    promotion_detail: asTold('coupons').optional(),
  })
  .meta({ description: 'WeChat Pay’s charge (收款信息), as it last told it.' });

const wechatFields = {
  mchid: told('the merchant’s number'),
  appid: told('the application'),
  service_id: told('the service'),
  order_id: told('its own number of the order'),
  state: told('`CREATED`, `DOING`, `DONE`, `REVOKED` or `EXPIRED`'),
  state_description: told(
    '`USER_CONFIRM` (in service) or `MCH_COMPLETE` (charging), while `DOING`',
  ),
  total_amount: fen('What is charged, as WeChat Pay last told it.'),
  collection: Collection,
  time_range: z
    .object({
      start_time: beijingDigits('when the service began').optional(),
      end_time: beijingDigits('when it ends, or ended').optional(),
    })
    .meta({ description: 'As WeChat Pay last told it (服务时间段).' }),
  service_introduction: asTold('what the user reads'),
  post_payments: asTold('what is charged for, a list'),
  post_discounts: asTold('discounts, a list'),
  risk_fund: asTold('the risk fund, `name` and `amount` in fen'),
  location: asTold('`start_location` and `end_location`'),
  attach: asTold('what the opening said'),
  need_collection: asTold('whether there is something to collect'),
  promotion_detail: asTold('coupons'),
};

const PresentedOperation = z
  .object({
    operation: Operation,
    idempotency_key: z
      .string()
      .meta({ description: 'Your `Idempotency-Key`; a random one where none was sent.' }),
    total_amount: fen('What it asks WeChat Pay to charge.').optional(),
    received_at: time('When the API took the request.'),
    requested_by: KeyName.optional(),
    state: z.enum(['waiting', 'running', 'done', 'not_allowed', 'refused', 'left_behind']).meta({
      description:
        '`not_allowed` by a rule of ours, `refused` by WeChat Pay; `left_behind`: accepted by a run that was ended from outside, and ' +
        'done if it is asked for again under the same key.',
    }),
    rule: z.string().meta({ description: 'Why it is not allowed, in words.' }).optional(),
    refusal: Refusal.optional(),
  })
  .meta({ id: 'ToldOperation', description: 'What was asked for, and what became of it.' });

export const Authorization = z
  .object({
    apply_permissions_token: z.string().meta({ description: 'For WeChat’s authorization page.' }),
    expires_at: time('Until when the token is good: an hour.'),
    jump: Jump,
  })
  .meta({
    id: 'Invitation',
    description: 'What leads the user to WeChat’s page of authorization.',
  });

const inSentence = (what: string) =>
  z.string().meta({ description: `${what}, in words for people.` });

export const PresentedOrder = z
  .object({
    out_order_no: OrderNumber,
    phase: Phase,
    trouble: Trouble.optional(),
    refund_due: z
      .object({
        amount: fen('What must be paid back.'),
        transaction_id: TransactionNumber.optional(),
        because: z.enum([...Operation.options, ...PHASES]).meta({
          description: 'What the payment crossed: an operation, or the phase that it ended in.',
        }),
      })
      .meta({ description: 'What must be paid back to the user; `POST …/refund-due` does it.' })
      .optional(),
    refunded: z
      .record(
        z.string(),
        z.array(
          z.object({
            refund_id: z.string().meta({ description: 'WeChat Pay’s number of the refund.' }),
            amount: fen('What went back.'),
          }),
        ),
      )
      .meta({ description: 'What the user has back, by `transaction_id`.' })
      .optional(),
    settled: z
      .object({
        amount: fen('All that was due then.'),
        reason: z.string().meta({ description: 'As it was said.' }),
        at: time('When it was said.'),
        by: KeyName.optional(),
      })
      .meta({ description: 'That what was due was paid back otherwise.' })
      .optional(),
    explanation: inSentence('Why it ended without having existed').optional(),
    unresolved: inSentence('Why an outcome is not known, where that lasts').optional(),
    giving_up: inSentence('Why the order is not wanted any more').optional(),
    is_number_taken: z
      .boolean()
      .meta({ description: 'WeChat Pay has another order under this number.' })
      .optional(),
    authorization: Authorization.optional(),
    ...z.object(wechatFields).partial().shape,
    pending_operation: z
      .object({
        operation: Operation,
        since: time('Since when.'),
        is_unknown: z.boolean().meta({ description: 'An attempt’s outcome is not known.' }),
      })
      .meta({ description: 'What is being done, or waits to be.' })
      .optional(),
    last_refusal: NamedRefusal.optional(),
    operations: z.array(PresentedOperation).meta({
      description: 'What was asked for, and what became of it, the first one first; the last 100.',
    }),
    completed_at: time('When the completion that WeChat Pay took was begun.').optional(),
    timeline: z
      .array(
        z.object({
          at: time('When.'),
          event: inSentence('What happened'),
        }),
      )
      .meta({ description: 'What happened, the first one first.' }),
  })
  .meta({
    id: 'ServiceOrder',
    description:
      'An order: where it stands in our words, and WeChat Pay’s fields verbatim, as it last told them. Never the openid.',
  });
export type PresentedOrder = Answer<typeof PresentedOrder>;

/** Taken, and no more is known of it yet. */
export const TakenOrder = z
  .object({ out_order_no: OrderNumber, phase: Phase.optional() })
  .meta({ id: 'TakenOrder', description: 'Taken, and no more is known yet: read the order.' });

/** With the parameters that lead the user to WeChat, and its times in Beijing time. */
export function presented(
  {
    invitation,
    operations,
    timeline,
    explanation,
    unresolved,
    giving_up,
    pending_operation,
    completed_at,
    settled,
    unread_notifications: _unread,
    outbox: _outbox,
    ended_before: _endedBefore,
    ...order
  }: OrderView,
  words: Words,
): PresentedOrder {
  return exactly<PresentedOrder>()({
    ...order,
    ...inWords({ explanation, unresolved, giving_up }, words),
    ...(settled && { settled: presentedSettled(settled) }),
    ...(invitation && {
      authorization: {
        apply_permissions_token: invitation.apply_permissions_token,
        expires_at: inBeijing(invitation.expires_at),
        jump: presentedJump(authorizationJump(invitation.apply_permissions_token)),
      },
    }),
    ...(pending_operation && { pending_operation: presentedPending(pending_operation) }),
    operations: operations.map((it) => presentedOperation(it, words)),
    ...(completed_at !== undefined && { completed_at: inBeijing(completed_at) }),
    timeline: timeline.map(({ at, event }) => ({
      at: inBeijing(at),
      event: words.happening(event),
    })),
  });
}

function presentedOperation(
  { digest: _digest, rule, received_at, ...rest }: ToldOperation,
  words: Words,
) {
  const shown = { ...rest, received_at: inBeijing(received_at), ...inWords({ rule }, words) };
  return exactly<Answer<typeof PresentedOperation>>()(shown);
}

function presentedPending({ since, ...pending }: PendingOperation) {
  return { ...pending, since: inBeijing(since) };
}

function presentedSettled({ at, ...settled }: Settled) {
  return { ...settled, at: inBeijing(at) };
}

function inWords<Name extends string>(
  facts: Readonly<Record<Name, Fact | undefined>>,
  words: Words,
) {
  const worded = Object.entries<Fact | undefined>(facts).flatMap(([name, fact]) =>
    fact ? [[name, words.fact(fact)] as const] : [],
  );
  return Object.fromEntries(worded) as { readonly [It in Name]?: string };
}
