/** Orders that came out wrong, each in one way, and the rule that must say so. */
import {
  also,
  ago,
  CANCEL,
  COMPLETE,
  deed,
  entry,
  event,
  happened,
  IN_SERVICE,
  LOWER,
  meanwhile,
  NOW,
  operation,
  PAID,
  PAYING,
  reading,
  RUN,
  seen,
  sighting,
  unknown,
  WAITED,
  withRun,
} from './case.ts';
import type { Evidence } from './evidence.ts';
import type { RULES } from './judge.ts';
import { crossed, crossedSignal, ended, leftBehind, numberTaken, refunded } from './right-cases.ts';

export const WRONG: readonly [what: string, rule: keyof typeof RULES, evidence: Evidence][] = [
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
    'no workflow task fails for a reason of ours',
    withRun(PAID, {
      taskFailures: ['WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE'],
    }),
  ],
  [
    'a run that was terminated',
    'a run goes on until the order has ended and owes nothing',
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
  [
    'a phase that went back when its run was ended',
    'an order only moves forward',
    seen(ended(PAYING), sighting(45, 'paying'), sighting(37, 'in_service')),
  ],
  [
    'an order that ended twice',
    'an order only moves forward',
    seen(PAID, sighting(10, 'paid'), sighting(9, 'creating')),
  ],
  [
    'an amount that was raised',
    'what is charged is never raised',
    happened(PAYING, event('modified', 300), event('modified', 400)),
  ],
  [
    'an amount that was told lower before',
    'what is told to be charged never rises',
    seen(PAYING, sighting(20, 'paying', { total_amount: 300 })),
  ],
  [
    'an order in service that we cancelled',
    'what was told to be in service is cancelled only when business code asks',
    seen(happened(IN_SERVICE, event('cancelled', 0)), sighting(40, 'in_service')),
  ],
  [
    'an order in service that we cancelled before business code asked',
    'what was told to be in service is cancelled only when business code asks',
    also(seen(happened(IN_SERVICE, event('cancelled', 0)), sighting(40, 'in_service')), {
      ...entry(CANCEL, 200, 'k2'),
      sentAt: ago(10),
    }),
  ],
  [
    'a debt that was forgotten',
    'a debt once told is told until the end',
    seen(PAID, sighting(10, 'paid', { refund_due: { amount: 500 } })),
  ],
  [
    'a payment that crossed a cancel that was left, and no refund',
    'a payment that crossed what was accepted is to be refunded',
    crossedSignal,
  ],
  [
    'a payment of what was left behind, and no refund',
    'a payment that crossed what was accepted is to be refunded',
    leftBehind,
  ],
  [
    'a payment of what was lost, and no refund',
    'a payment that crossed what was accepted is to be refunded',
    ended(also(PAID, entry(CANCEL, 202, 'k2'))),
  ],
  [
    'an order that was created for nobody',
    'an order that waited is created only for a user who waits for it',
    meanwhile(WAITED, deed('authorised', 40, { code: 'C1-2' })),
  ],
  [
    'an order that was created for nobody, when all questions were answered',
    'an order that waited is created only for a user who waits for it',
    meanwhile(
      withRun(WAITED, { questions: [{ from: ago(48), until: ago(41) }] }),
      deed('authorised', 40, { code: 'C1-2' }),
    ),
  ],
  [
    'an order that was created though its user had revoked before business code asked',
    'an order that waited is created only for a user who waits for it',
    meanwhile(WAITED, deed('authorised', 58), deed('revoked', 55)),
  ],
  [
    'an order of another system that was called ours',
    'a number that is taken opens nothing',
    { ...IN_SERVICE, foreign: 'different' },
  ],
  [
    'an order of another system that was cancelled',
    'an order of another system is left alone until it is adopted',
    happened(numberTaken, event('cancelled', 0)),
  ],
  [
    'a key that was refused, and then was not',
    'the same key is answered the same',
    also(PAYING, { ...entry(COMPLETE, 409, 'k1'), sentAt: ago(60) }),
  ],
];
