/** What others do to an order, and what WeChat Pay does not take: cases for the tests of the judge, right and wrong. */
import {
  ago,
  also,
  CANCEL,
  deed,
  entry,
  event,
  happened,
  IN_SERVICE,
  meanwhile,
  operation,
  PAID,
  PAYING,
  reading,
  seen,
  sighting,
  withRun,
} from './case.ts';
import type { Evidence } from './evidence.ts';
import type { RULES } from './judge.ts';
import { owing } from './right-cases.ts';

const OPEN = { operation: 'open' } as const;

/** Its calls were answered 401 as long as there was time. */
const untaken: Evidence = withRun(
  {
    ...reading(IN_SERVICE, {
      phase: 'creating',
      trouble: 'misconfigured',
      explanation: 'WeChat Pay answered 401 SIGN_ERROR.',
    }),
    wechat: undefined,
    entries: [entry(OPEN, 202)],
  },
  {
    status: 'FAILED',
    closedAt: ago(20),
    failure: 'Misconfigured',
    searchAttributes: { PayscorePhase: ['creating'], PayscoreTrouble: ['misconfigured'] },
  },
);

const charged = (fen: number) => event('charged', 500, fen);
const paid = (fen: number) => deed('paid', 32, { amount: fen, by: 'charge' });
const withLedger = (base: Evidence, ledger: any[], order = {}): Evidence => ({
  ...base,
  wechat: { order: { ...base.wechat!.order, ...order }, ledger },
});
const [created, completed] = PAID.wechat!.ledger;

const inParts = meanwhile(
  withLedger(PAID, [created, completed, charged(200), charged(300)]),
  paid(200),
  paid(300),
);

/** A coupon paid for all of it. */
const byCoupon = (): Evidence => {
  const { collection } = PAID.wechat!.order;
  const nothing = {
    ...collection,
    details: [{ seq: 1, amount: 0, paid_type: 'NEWTON', transaction_id: '4200' }],
  };
  return withRun(
    reading(withLedger(PAID, [created, completed, charged(0)], { collection: nothing }), {
      collection: nothing,
    }),
    { searchAttributes: { PayscorePhase: ['paid'] } },
  );
};

/** Cancelled, as WeChat Pay had said, and charged all the same. */
const afterAll = seen(
  reading(
    also(
      withLedger(PAID, [created, completed, event('cancelled', 0), charged(500)]),
      entry(CANCEL, 200, 'k2'),
    ),
    { operations: [...PAID.read.body.operations, operation(CANCEL, 'done', 'k2')] },
  ),
  sighting(31, 'cancelled'),
);

const byConsole = withRun(
  seen(
    {
      ...reading(happened(IN_SERVICE, event('cancelled', 0)), { phase: 'cancelled' }),
      deeds: [deed('cancelled elsewhere', 31)],
    },
    sighting(40, 'in_service'),
  ),
  { status: 'COMPLETED', searchAttributes: { PayscorePhase: ['cancelled'] } },
);
const revoked = withLedger(byConsole, [...byConsole.wechat!.ledger], {
  state: 'REVOKED',
  state_description: undefined,
});

const lowered = (base: Evidence): Evidence =>
  reading(
    withLedger(base, [created, completed, event('modified', 300)], {
      total_amount: 300,
      collection: { ...PAYING.wechat!.order.collection, total_amount: 300, paying_amount: 300 },
    }),
    { total_amount: 300 },
  );

/** Whether it was created is not known, and WeChat Pay does not let us ask. */
const hidden = withRun(
  {
    ...reading(IN_SERVICE, {
      phase: 'creating',
      trouble: 'unresolved',
      pending_operation: { operation: 'create', is_unknown: true },
    }),
    foreign: 'hidden',
    entries: [entry(OPEN, 202, undefined, { phase: 'creating' })],
  },
  {
    activities: [{ name: 'getServiceOrder', attempt: 3, lastFailure: '' }],
    searchAttributes: { PayscorePhase: ['creating'], PayscoreTrouble: ['unresolved'] },
  },
);

/** Reset after its end: whether it had existed is looked for. */
const lookedUpAgain = withRun(
  {
    ...reading(IN_SERVICE, { phase: 'rejected', pending_operation: { operation: 'create' } }),
    wechat: undefined,
    entries: [entry(OPEN, 422)],
  },
  { timers: [ago(-60)], activities: [], searchAttributes: { PayscorePhase: ['creating'] } },
);

export const RIGHT_WITH_OTHERS: Record<string, Evidence> = {
  'an order that is looked up again after its end': lookedUpAgain,
  'a number of which WeChat Pay tells nothing, as long as it is said': hidden,
  'an opening that was not taken as long as there was time': untaken,
  'an order that was paid in parts': inParts,
  'an order that a coupon paid for': byCoupon(),
  'an order that was charged after its cancellation, with its refund due': owing(afterAll),
  'an order that was cancelled in the console': revoked,
  'an order that was lowered in the console': meanwhile(
    lowered(PAYING),
    deed('modified elsewhere', 31, { amount: 300 }),
  ),
};

type Wrong = readonly [what: string, rule: keyof typeof RULES, evidence: Evidence];

const EXPLAINED = 'what was not taken is explained, and nothing is there';
const REFUND = 'a payment that crossed what was accepted is to be refunded';
const ASKED_FOR = 'whatever happened at WeChat Pay was asked for and not called refused';

export const WRONG_WITH_OTHERS: readonly Wrong[] = [
  [
    'an order that has ended, and its run goes on',
    'a run goes on until the order has ended and owes nothing',
    reading(lookedUpAgain, { pending_operation: undefined }),
  ],
  [
    'an order that is to be looked up again, and nothing wakes its run',
    'a run goes on until the order has ended and owes nothing',
    withRun(lookedUpAgain, { timers: [] }),
  ],
  [
    'a number of which WeChat Pay tells nothing, and nobody is told',
    'nothing is pending for ever',
    reading(hidden, { trouble: undefined }),
  ],
  [
    'an order of our own that nobody is told of',
    'nothing is pending for ever',
    { ...hidden, foreign: 'no' },
  ],
  ['an order that was not taken and exists', EXPLAINED, { ...untaken, wechat: IN_SERVICE.wechat }],
  [
    'what was not taken and exists as another phase',
    'the phase is WeChat Pay’s state',
    { ...untaken, wechat: IN_SERVICE.wechat },
  ],
  [
    'what was not taken for no reason',
    EXPLAINED,
    reading(untaken, { explanation: 'It was late.' }),
  ],
  [
    'what was not taken, and its run goes on',
    'a run goes on until the order has ended and owes nothing',
    withRun(untaken, { status: 'RUNNING' }),
  ],
  [
    'what was not taken, and is not begun anew',
    'what was not taken begins anew when it is asked for again',
    also(untaken, { ...entry(OPEN, 202), sentAt: ago(10) }),
  ],
  [
    'a run that failed for another reason',
    'a run fails for that alone, or where there is nothing to adopt',
    withRun(PAID, { status: 'FAILED', failure: 'TypeError' }),
  ],
  [
    'an order that is paid once more than in parts',
    'an order is created once and paid once',
    happened(inParts, event('charged', 500, 0)),
  ],
  [
    'an order that is paid too much in parts',
    'an order is created once and paid once',
    meanwhile(
      withLedger(PAID, [created, completed, charged(300), charged(300)]),
      paid(300),
      paid(300),
    ),
  ],
  ['a charge after a cancellation, and no refund', REFUND, afterAll],
  [
    'a charge after a settlement elsewhere, and no refund',
    REFUND,
    withLedger(PAID, [created, completed, event('synced', 500), charged(500)], {
      collection: {
        ...PAID.wechat!.order.collection,
        details: [
          { amount: 500, paid_type: 'MCH' },
          { amount: 500, paid_type: 'NEWTON', transaction_id: '4200' },
        ],
      },
    }),
  ],
  ['an order that nobody has cancelled', ASKED_FOR, { ...revoked, deeds: [] }],
  ['an order that nobody has lowered', ASKED_FOR, lowered(PAYING)],
  [
    'an order that was lowered in the console to another amount',
    ASKED_FOR,
    meanwhile(lowered(PAYING), deed('modified elsewhere', 31, { amount: 299 })),
  ],
  [
    'a synchronisation that nobody asked for, of an order that was paid in parts',
    ASKED_FOR,
    happened(inParts, event('synced', 500)),
  ],
];
