/** An order that came out right, for tests of the judge: each changes one thing. */
import type { Deed, Entry, Sighting } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { RunFacts } from './history.ts';
import type { JudgeContext } from './rule.ts';
import type { Request } from './step.ts';

export const NOW = Date.parse('2026-11-02T10:00:00Z');

export const CONTEXT: JudgeContext = {
  now: NOW,
  objectionTo: () => undefined,
  wasUntaken: () => false,
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
  return { event: name, total_amount, charged, real_time: new Date(NOW - 30_000).toISOString() };
}

/** So many seconds ago. */
export const ago = (seconds: number): number => NOW - seconds * 1_000;

export const sighting = (seconds: number, phase: string, told = {}): Sighting => ({
  at: ago(seconds),
  phase,
  ...told,
});

export function deed(kind: Deed['kind'], seconds: number, told: Partial<Deed> = {}): Deed {
  const from = ago(seconds);
  return { kind, out_order_no: 'C1', from, until: from + 100, ...told };
}

export const RUN: RunFacts = {
  runId: 'r1',
  status: 'COMPLETED',
  startedAt: NOW - 61_000,
  closedAt: NOW - 20_000,
  taskFailures: [],
  timers: [],
  activities: [],
  messages: [],
  questions: [],
  settledAt: 30,
  searchAttributes: {
    PayscorePhase: ['paid'],
    PayscorePaidAmount: [500],
    PayscoreTransactionId: ['4200'],
  },
};

export const COMPLETE: Request = { operation: 'complete', amount: 500 };
export const LOWER: Request = { operation: 'modify', amount: 300 };
export const CANCEL: Request = { operation: 'cancel', reason: '不要了' };

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
  deeds: [],
  foreign: 'no',
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
      closedAt: Infinity,
      activities: [{ name: 'awaitPayment', attempt: 3, lastFailure: '' }],
      settledAt: undefined,
      searchAttributes: { PayscorePhase: ['paying'] },
    },
  ],
};

const [opening] = PAID.entries;

/** The same order before it was completed. */
export const IN_SERVICE: Evidence = {
  ...PAYING,
  wechat: {
    order: { state: 'DOING', state_description: 'USER_CONFIRM', total_amount: 0 },
    ledger: PAID.wechat!.ledger.slice(0, 1),
  },
  read: { status: 200, body: { phase: 'in_service', operations: [] } },
  runs: PAYING.runs.map((run) => ({
    ...run,
    activities: [],
    searchAttributes: { PayscorePhase: ['in_service'] },
  })),
  entries: [opening!],
};

const AUTHORIZING = { phase: 'authorizing', timeline: [] };

/** The same after its user was waited for. */
export const WAITED: Evidence = {
  ...IN_SERVICE,
  entries: [
    entry({ operation: 'open' }, 202, undefined, AUTHORIZING),
    {
      ...entry({ operation: 'refresh' }, 200),
      sentAt: ago(50),
      replies: [{ at: ago(49), status: 200, body: AUTHORIZING }],
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

export const also = (base: Evidence, ...more: Evidence['entries']): Evidence => ({
  ...base,
  entries: [...base.entries, ...more],
});

export const happened = (base: Evidence, ...more: any[]): Evidence => ({
  ...base,
  wechat: { ...base.wechat!, ledger: [...base.wechat!.ledger, ...more] },
});

export const unknown = (base: Evidence): Evidence => ({ ...base, wechat: undefined });

export const seen = (base: Evidence, ...sightings: Sighting[]): Evidence => ({
  ...base,
  sightings,
});

export const meanwhile = (base: Evidence, ...deeds: Deed[]): Evidence => ({ ...base, deeds });
