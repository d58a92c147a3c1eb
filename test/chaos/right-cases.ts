/** Orders that came out right, each by another path. */
import {
  ago,
  also,
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
  WAITED,
  withRun,
} from './case.ts';
import type { Evidence } from './evidence.ts';

/** A cancel that the run accepted at event 10, without an outcome until it heard of the payment at event 30. */
export const crossed = withRun(
  reading(also(PAID, entry(CANCEL, 409, 'k2')), {
    operations: [...PAID.read.body.operations, operation(CANCEL, 'not_allowed', 'k2')],
  }),
  {
    messages: [{ kind: 'update', id: 'cancel/k2/00', acceptedAt: 10, concludedAt: 40 }],
    settledAt: 30,
  },
);

/** The same of a signal, of which only the order tells what came of it. */
export const crossedSignal = withRun(
  reading(also(PAID, entry(CANCEL, 202, 'k2')), {
    operations: [
      ...PAID.read.body.operations,
      { ...operation(CANCEL, 'not_allowed', 'k2'), rule: 'charged the order all the same' },
    ],
  }),
  { messages: [{ kind: 'signal', id: 'k2', acceptedAt: 10, concludedAt: undefined }] },
);

/** A cancel whose run was ended before it was carried out. */
export const leftBehind = ended(
  reading(also(PAID, entry(CANCEL, 202, 'k2')), {
    operations: [...PAID.read.body.operations, operation(CANCEL, 'left_behind', 'k2')],
  }),
);

/** Lowered to 300 at WeChat Pay, and here. */
const lowered = {
  ...happened(PAYING, event('modified', 300)),
  wechat: {
    order: {
      ...PAYING.wechat!.order,
      total_amount: 300,
      collection: { ...PAYING.wechat!.order.collection, total_amount: 300 },
    },
    ledger: [...PAYING.wechat!.ledger, event('modified', 300)],
  },
};
const loweredOperations = (state: string) => ({
  total_amount: 300,
  operations: [...PAID.read.body.operations, operation(LOWER, state, 'k2')],
});

/** Over at WeChat Pay by somebody else's doing, of which nothing has told yet. */
export const overThere: Evidence = {
  ...IN_SERVICE,
  wechat: { ...IN_SERVICE.wechat!, order: { state: 'DONE', total_amount: 0 } },
};

export const refunded = owing(crossed);

/** Its first run was ended from outside, when it was in service. */
export function ended(base: Evidence): Evidence {
  const [run] = base.runs;
  const first = { ...run!, runId: 'r0', status: 'TERMINATED', closedAt: ago(40) };
  const failed = { ...first, taskFailures: ['WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND'] };
  return {
    ...meanwhile(base, deed('terminated', 40.1)),
    runs: [
      { ...failed, settledAt: undefined },
      { ...run!, startedAt: ago(38) },
    ],
  };
}

export function owing(base: Evidence): Evidence {
  const told = reading(base, { trouble: 'refund_due', refund_due: { amount: 500 } });
  const runs = base.runs.map((run) => ({
    ...run,
    status: 'RUNNING',
    searchAttributes: { ...RUN.searchAttributes, PayscoreTrouble: ['refund_due'] },
  }));
  return { ...told, runs };
}

/** Another system has another order under the number, and it is left to it. */
export const numberTaken = withRun(
  {
    ...reading(IN_SERVICE, { phase: 'rejected' }),
    foreign: 'different',
    entries: [
      entry({ operation: 'open' }, 409, undefined, { type: 'urn:payscore-orders:number-taken' }),
    ],
  },
  { status: 'COMPLETED', searchAttributes: { PayscorePhase: 'rejected' } },
);

const [, completion] = PAID.entries;

export const RIGHT: Record<string, Evidence> = {
  'a paid order': PAID,
  'an order that is being charged, and polled': PAYING,
  'an order in service': IN_SERVICE,
  'a payment that crossed a cancel, with its refund due': refunded,
  'a payment that crossed a cancel that was left, with its refund due': owing(crossedSignal),
  'a cancel that was refused before the payment': withRun(crossed, {
    messages: [{ kind: 'update', id: 'cancel/k2/00', acceptedAt: 10, concludedAt: 12 }],
  }),
  'an outcome that waits for its proof': withRun(
    reading(PAYING, { phase: 'in_service', pending_operation: { operation: 'complete' } }),
    { timers: [NOW + 200_000], activities: [], searchAttributes: { PayscorePhase: 'in_service' } },
  ),
  'an order about which WeChat Pay is being asked': withRun(overThere, {
    activities: [{ name: 'getServiceOrder', attempt: 6, lastFailure: 'HTTP 503' }],
  }),
  'an order that was taken up after its run had been ended': seen(
    ended(PAID),
    sighting(45, 'in_service'),
    sighting(37, 'creating'),
    sighting(36, 'in_service'),
  ),
  'an order that was taken back': seen(
    meanwhile(
      withRun(PAID, { taskFailures: ['WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW'] }),
      deed('reset', 40),
    ),
    sighting(45, 'paying', { total_amount: 300 }),
    sighting(39, 'in_service'),
    sighting(38, 'paying', { total_amount: 500 }),
  ),
  'a promise that was left behind, with its refund due': owing(leftBehind),
  'a promise that was left behind, and another request since': reading(leftBehind, {
    operations: [
      { ...operation(CANCEL, 'left_behind', 'k2'), received_at: '2026-11-02T09:59:00Z' },
      { ...operation(COMPLETE, 'done', 'k1'), received_at: '2026-11-02T09:59:20Z' },
    ],
  }),
  'a key under which nobody was there to refuse': also(ended(PAID), {
    ...completion!,
    replies: [{ at: ago(39), status: 409 }],
  }),
  'a key that nobody was there to refuse, answered when another run had begun': also(ended(PAID), {
    ...completion!,
    replies: [{ at: ago(37.9), status: 409 }],
    sentAt: ago(39),
  }),
  'an order that was created when business code said that its user waits': meanwhile(
    WAITED,
    deed('authorised', 52),
  ),
  'an order whose user authorised while a question of business code’s was on its way': meanwhile(
    withRun(WAITED, { questions: [{ from: ago(48), until: ago(35) }] }),
    deed('authorised', 40, { code: 'C1-2' }),
  ),
  'an order that was created when its user had authorised for it': meanwhile(
    { ...WAITED, entries: WAITED.entries.slice(0, 1) },
    deed('authorised', 40, { code: 'C1' }),
  ),
  'an order whose number is taken': numberTaken,
  'an order that another system has completed': meanwhile(
    reading({ ...PAID, entries: PAID.entries.slice(0, 1) }, { operations: [] }),
    deed('completed elsewhere', 31, { amount: 500 }),
  ),
  'an amount that was lowered': seen(
    reading(also(lowered, entry(LOWER, 200, 'k2')), loweredOperations('done')),
    sighting(29, 'paying', { total_amount: 500 }),
    sighting(28, 'paying', { total_amount: 300 }),
  ),
  'an amount that was lowered by a request whose run was ended before it heard so': ended(
    reading(also(lowered, entry(LOWER, 202, 'k2')), loweredOperations('left_behind')),
  ),
};
