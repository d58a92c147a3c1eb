/** The judge: lets pass what is right, and accuses each kind of wrong by its rule. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  COMPLETE,
  CONTEXT,
  entry,
  event,
  NOW,
  operation,
  PAID,
  PAYING,
  reading,
  RUN,
  withRun,
} from './case.ts';
import type { Evidence } from './evidence.ts';
import { judge, RULES, type JudgeContext } from './judge.ts';
import type { Request } from './step.ts';

const LOWER: Request = { operation: 'modify', amount: 300 };
const CANCEL: Request = { operation: 'cancel', reason: '不要了' };

const also = (base: Evidence, ...more: Evidence['entries']): Evidence => ({
  ...base,
  entries: [...base.entries, ...more],
});

const happened = (base: Evidence, ...more: any[]): Evidence => ({
  ...base,
  wechat: { ...base.wechat!, ledger: [...base.wechat!.ledger, ...more] },
});

const unknown = (base: Evidence): Evidence => ({ ...base, wechat: undefined });

/** A cancel that the run accepted at event 10, without an outcome until it heard of the payment at event 30. */
const crossed = withRun(
  reading(also(PAID, entry(CANCEL, 409, 'k2')), {
    operations: [...PAID.read.body.operations, operation(CANCEL, 'not_allowed', 'k2')],
  }),
  {
    messages: [{ kind: 'update', id: 'cancel/k2/00', acceptedAt: 10, concludedAt: 40 }],
    settledAt: 30,
  },
);
const refunded = withRun(
  reading(crossed, { trouble: 'refund_due', refund_due: { amount: 500, because: 'cancel' } }),
  {
    ...crossed.runs[0]!,
    searchAttributes: { ...RUN.searchAttributes, PayscoreTrouble: ['refund_due'] },
  },
);

const RIGHT: Record<string, Evidence> = {
  'a paid order': PAID,
  'an order that is being charged, and polled': PAYING,
  'a payment that crossed a cancel, with its refund due': refunded,
  'a cancel that was refused before the payment': withRun(crossed, {
    messages: [{ kind: 'update', id: 'cancel/k2/00', acceptedAt: 10, concludedAt: 12 }],
  }),
  'an outcome that waits for its proof': withRun(
    reading(PAYING, { phase: 'in_service', pending_operation: { operation: 'complete' } }),
    { timers: [NOW + 200_000], activities: [], searchAttributes: { PayscorePhase: 'in_service' } },
  ),
};

const WRONG: readonly [what: string, rule: keyof typeof RULES, evidence: Evidence][] = [
  [
    'another phase than WeChat Pay’s',
    'the phase is WeChat Pay’s state',
    { ...PAYING, wechat: PAID.wechat },
  ],
  [
    'an order that goes on although we call it rejected',
    'nothing goes on at WeChat Pay that has ended here',
    reading(PAYING, { phase: 'rejected' }),
  ],
  [
    'an order that nobody polls',
    'what is not over will go on by itself',
    withRun(PAYING, { activities: [] }),
  ],
  [
    'an operation that is still pending in the end',
    'nothing is pending for ever',
    reading(PAYING, { pending_operation: { operation: 'cancel' } }),
  ],
  [
    'a phase that went back',
    'an order only moves forward',
    { ...PAYING, sightings: [{ at: 1, phase: 'paid' }] },
  ],
  [
    'an order that was taken and cannot be read',
    'an order that was taken can be read',
    { ...PAID, read: { status: 404 } },
  ],
  [
    'a callback that nobody takes',
    'every callback is taken',
    { ...PAID, notifications: [{ state: 'given_up', attempts: [] } as any] },
  ],
  [
    'a path that broke off',
    'business code goes its whole path',
    { ...PAID, breakdown: 'TypeError' },
  ],
  [
    'a fen more than WeChat Pay says',
    'amounts are WeChat Pay’s, to the fen',
    reading(PAID, { total_amount: 501 }),
  ],
  ['two payments', 'an order is created once and paid once', happened(PAID, event('synced', 500))],
  [
    'an amount that nobody asked for',
    'whatever happened at WeChat Pay was asked for and not called refused',
    { ...PAID, entries: PAID.entries.slice(0, 1) },
  ],
  [
    'a cancel that was refused and took effect',
    'whatever happened at WeChat Pay was asked for and not called refused',
    happened(also(PAID, entry(CANCEL, 422, 'k2')), event('cancelled', 0)),
  ],
  [
    'a modification that was called done and never happened',
    'whatever was called done has happened at WeChat Pay',
    also(PAID, entry(LOWER, 200)),
  ],
  [
    'a charge of what an earlier request asked for',
    'what is charged is what was last called done',
    reading(also(happened(PAID, event('modified', 300)), entry(LOWER, 200, 'k2')), {
      operations: [...PAID.read.body.operations, operation(LOWER, 'done', 'k2')],
    }),
  ],
  [
    'a payment that crossed a cancel, and no refund',
    'a payment that crossed what was accepted is to be refunded',
    crossed,
  ],
  [
    'a refund of another amount',
    'a payment that crossed what was accepted is to be refunded',
    reading(refunded, { refund_due: { amount: 499 } }),
  ],
  [
    'a refund that nothing justifies',
    'a payment that crossed what was accepted is to be refunded',
    reading(PAID, { refund_due: { amount: 1 } }),
  ],
  [
    'an answer of 500',
    'no request fails for a reason of ours',
    also(PAID, entry({ operation: 'refresh' }, 500)),
  ],
  [
    'a request that was never answered',
    'business code is answered in the end',
    also(PAID, entry({ operation: 'refresh' }, 503)),
  ],
  [
    'a 202 of which nothing is known',
    'whatever was accepted is in the ledger or in the list of operations',
    also(PAID, entry(CANCEL, 202, 'k2')),
  ],
  [
    'a 409 for what is called done',
    'an answer agrees with the list of operations',
    { ...PAID, entries: [entry({ operation: 'open' }, 201), entry(COMPLETE, 409, 'k1')] },
  ],
  [
    'two answers under one key',
    'the same key is answered the same',
    also(PAID, entry(COMPLETE, 409, 'k1')),
  ],
  [
    'a key that was taken for something else',
    'a key that was used for something else is refused',
    also(PAID, { ...entry(CANCEL, 200, 'k1'), sentAt: NOW }),
  ],
  [
    'an opening that was refused, and an order',
    'an opening that was refused leaves nothing behind',
    also(PAYING, entry({ operation: 'open' }, 422)),
  ],
  [
    'another body that opened something',
    'another body under the same number opens nothing',
    also(PAID, { ...entry({ operation: 'open otherwise' }, 200), sentAt: NOW }),
  ],
  [
    'a failure of a workflow task',
    'no workflow task fails but for UnhandledCommand',
    withRun(PAID, {
      taskFailures: ['WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE'],
    }),
  ],
  [
    'a run that was terminated',
    'a run goes on until the order has ended',
    withRun(PAYING, { status: 'TERMINATED' }),
  ],
  [
    'a search attribute that was left behind',
    'search attributes say what the order says',
    withRun(PAID, { searchAttributes: { ...RUN.searchAttributes, PayscorePhase: ['paying'] } }),
  ],
  [
    'an openid in a search attribute',
    'nobody is named in search attributes',
    withRun(PAID, { searchAttributes: { who: `oChaos${'0'.repeat(22)}` } }),
  ],
  [
    'an order that another key does not know and WeChat Pay lost',
    'the phase is WeChat Pay’s state',
    unknown(PAYING),
  ],
];

const rulesOf = (evidence: Evidence, change: Partial<JudgeContext> = {}) =>
  judge(evidence, { ...CONTEXT, ...change }).map(({ rule }) => rule);

describe('the judge of a chaos run', () => {
  for (const [what, evidence] of Object.entries(RIGHT)) {
    it(`lets pass ${what}`, () => {
      assert.deepEqual(rulesOf(evidence, { unsettled: 'let be' }), []);
    });
  }

  for (const [what, rule, evidence] of WRONG) {
    it(`accuses ${what}`, () => assert.ok(rulesOf(evidence).includes(rule)));
  }

  it('accuses a refusal that nothing proves to be WeChat Pay’s', () => {
    const evidence = also(PAID, entry(CANCEL, 422, 'k2', { request_id: 'AB-1' }));
    const objectionTo = (id: string) => (id === 'AB-1' ? 'unsigned' : undefined);
    const rule = 'what is called WeChat Pay’s refusal is WeChat Pay’s';
    assert.ok(rulesOf(evidence, { objectionTo }).includes(rule));
    assert.ok(!rulesOf(evidence).includes(rule));
  });

  it('has seen every rule speak', () => {
    const seen = new Set(WRONG.map(([, rule]) => rule));
    seen.add('what is called WeChat Pay’s refusal is WeChat Pay’s');
    assert.deepEqual(
      Object.keys(RULES).filter((rule) => !seen.has(rule)),
      [],
    );
  });
});
