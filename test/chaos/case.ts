/** An order that came out right, for tests of the judge: each changes one thing. */
import type { Entry } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { RunFacts } from './history.ts';
import type { JudgeContext } from './judge.ts';
import type { Request } from './step.ts';

export const NOW = Date.parse('2026-11-02T10:00:00Z');

export const CONTEXT: JudgeContext = {
  now: NOW,
  objectionTo: () => undefined,
  unsettled: 'accused',
};

const detail = { seq: 1, amount: 500, paid_type: 'NEWTON', transaction_id: '4200' };
const collection = {
  state: 'USER_PAID',
  total_amount: 500,
  paying_amount: 0,
  paid_amount: 500,
  details: [detail],
};

export function entry(request: Entry['request'], status: number, key?: string, body?: any): Entry {
  return {
    out_order_no: 'C1',
    request,
    manner: key === undefined ? {} : { key },
    sentAt: NOW - 60_000,
    replies: [{ at: NOW - 59_000, status, body }],
  };
}

export const operation = (request: Request, state: string, key: string): any => ({
  operation: request.operation,
  idempotency_key: key,
  state,
});

export function event(name: string, total_amount: number, charged = 0): any {
  return { event: name, total_amount, charged, real_time: '2026-11-02T09:59:30Z' };
}

export const RUN: RunFacts = {
  runId: 'r1',
  status: 'COMPLETED',
  taskFailures: [],
  timers: [],
  activities: [],
  messages: [],
  settledAt: 30,
  searchAttributes: {
    PayscorePhase: ['paid'],
    PayscorePaidAmount: [500],
    PayscoreTransactionId: ['4200'],
  },
};

export const COMPLETE: Request = { operation: 'complete', amount: 500 };

/** Opened, completed with 500, paid. */
export const PAID: Evidence = {
  out_order_no: 'C1',
  story: 'plain',
  wechat: {
    order: { state: 'DONE', total_amount: 500, collection },
    ledger: [event('created', 0), event('completed', 500), event('charged', 500, 500)],
  },
  notifications: [],
  read: {
    status: 200,
    body: {
      phase: 'paid',
      total_amount: 500,
      collection,
      operations: [operation(COMPLETE, 'done', 'k1')],
    },
  },
  runs: [RUN],
  entries: [entry({ operation: 'open' }, 201), entry(COMPLETE, 200, 'k1')],
  sightings: [],
  isForeign: false,
  breakdown: undefined,
};

/** The same order, still being charged. */
export const PAYING: Evidence = {
  ...PAID,
  wechat: {
    order: {
      state: 'DOING',
      state_description: 'MCH_COMPLETE',
      total_amount: 500,
      collection: { state: 'USER_PAYING', total_amount: 500, paying_amount: 500, paid_amount: 0 },
    },
    ledger: PAID.wechat!.ledger.slice(0, 2),
  },
  read: {
    status: 200,
    body: { phase: 'paying', total_amount: 500, operations: PAID.read.body.operations },
  },
  runs: [
    {
      ...RUN,
      status: 'RUNNING',
      activities: [{ name: 'awaitPayment', attempt: 3, lastFailure: '' }],
      settledAt: undefined,
      searchAttributes: { PayscorePhase: ['paying'] },
    },
  ],
};

/** What is read of an order with these changes. */
export function reading(base: Evidence, change: Record<string, unknown>): Evidence {
  return { ...base, read: { status: 200, body: { ...base.read.body, ...change } } };
}

export function withRun(base: Evidence, change: Partial<RunFacts>): Evidence {
  return { ...base, runs: [{ ...base.runs[0]!, ...change }] };
}
