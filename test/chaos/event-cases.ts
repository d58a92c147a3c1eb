/** Events that came out right, and wrong, each in one way with the rule that must say so. */
import { event, PAID } from './case.ts';
import type { EventEvidence } from './event-evidence.ts';
import type { EVENT_RULES } from './event-judge.ts';
import type { Delivery } from './receiver.ts';

const ORDER = PAID.wechat!.order;
const [created, completed, charged] = PAID.wechat!.ledger;
const TIMESTAMP = '2026-11-02T17:59:30+08:00';

function came(sequence: number, type: string, data = {}): Delivery {
  return {
    at: Date.parse(TIMESTAMP) + sequence,
    id: `C1:r1:${sequence}`,
    type,
    sequence,
    timestamp: TIMESTAMP,
    data: { out_order_no: 'C1', ...data },
    reaction: 'taken',
  };
}

const told = (sequence: number, phase: string, order = {}): Delivery =>
  came(sequence, `service_order.${phase}`, { phase, order: { phase, ...order } });

const trouble = (sequence: number, what: 'began' | 'ended', which = 'refund_due') =>
  came(sequence, `service_order.trouble_${what}`, { phase: 'paid', trouble: which });

const refunded = (out_refund_no: string, amount: number, sequence = 1): Delivery => ({
  ...came(sequence, 'refund.succeeded', {
    transaction_id: '4200',
    refund: { out_refund_no, amount },
  }),
  id: `refunds:4200:r2:${sequence}`,
});

const asPaid = { total_amount: ORDER.total_amount, collection: ORDER.collection };
const inService = told(1, 'in_service');
const paying = told(2, 'paying', { total_amount: 500 });
const paid = told(3, 'paid', asPaid);

const TOLD: EventEvidence = {
  out_order_no: 'C1',
  story: 'plain',
  deliveries: [inService, paying, paid],
  refundDeliveries: [],
  isOver: true,
  read: { status: 200, body: { phase: 'paid' } },
  wechat: { order: ORDER, ledger: [created!, completed!, charged!] },
  refunds: [],
  refundsThere: [],
  isInterrupted: false,
  foreign: 'no',
};

const telling = (...deliveries: readonly Delivery[]): EventEvidence => ({ ...TOLD, deliveries });
const reading = (base: EventEvidence, body: object): EventEvidence => ({
  ...base,
  read: { status: 200, body: { ...base.read.body, ...body } },
});

const toPayBack = reading(telling(inService, paying, paid, trouble(4, 'began')), {
  trouble: 'refund_due',
});

const there = (out_refund_no: string, refund: number): any => ({
  refund: { out_refund_no, status: 'SUCCESS', transaction_id: '4200', amount: { refund } },
});
const known = [{ out_refund_no: 'due-1', state: 'success' }];

const paidBack: EventEvidence = {
  ...telling(inService, paying, paid, trouble(4, 'began'), trouble(5, 'ended')),
  refundDeliveries: [refunded('due-1', 500)],
  refunds: known,
  refundsThere: [there('due-1', 500)],
};

const cancelled: EventEvidence = {
  ...reading(telling(told(1, 'cancelled')), { phase: 'cancelled' }),
  wechat: { order: { state: 'REVOKED' }, ledger: [created!, event('cancelled', 0)] },
};

const twice: Delivery = { ...paid, reaction: 'never answered', at: paid.at - 1 };

export const EVENTS_RIGHT: Readonly<Record<string, EventEvidence>> = {
  'a paid order that was told step by step': TOLD,
  'an event that came twice': telling(inService, paying, twice, paid),
  'an event that came late once more': telling(inService, paying, inService, paid, paying),
  'a debt that was told, and is owed': toPayBack,
  'a debt that was told, and paid back': paidBack,
  'an order of which a run was ended before it told its second event': {
    ...telling(inService, paid),
    isInterrupted: true,
  },
  'an order that was cancelled, and charged all the same': {
    ...telling(told(1, 'cancelled'), told(2, 'paid', asPaid), trouble(3, 'began')),
    read: toPayBack.read,
    wechat: {
      order: ORDER,
      ledger: [created!, completed!, event('cancelled', 500), charged!],
    },
  },
  'an order that was cancelled': cancelled,
  'an order that was given up before WeChat Pay knew it': { ...cancelled, wechat: undefined },
  'an order that nobody knows': {
    ...telling(),
    read: { status: 404 },
    wechat: undefined,
  },
  'an order that WeChat Pay did not let us create': {
    ...reading(telling(trouble(1, 'began', 'misconfigured')), {
      ...{ phase: 'creating', trouble: 'misconfigured', explanation: '401' },
    }),
    wechat: undefined,
  },
  'an order that is taken up, whose trouble WeChat Pay has yet to say the end of': {
    ...reading(telling(trouble(1, 'began', 'misconfigured')), { phase: 'creating' }),
    wechat: undefined,
  },
  'an order whose number is another’s': { ...cancelled, wechat: TOLD.wechat, foreign: 'different' },
};

export const EVENTS_WRONG: readonly [
  what: string,
  rule: keyof typeof EVENT_RULES,
  evidence: EventEvidence,
][] = [
  ['an event on its way', 'every event is delivered in the end', { ...TOLD, isOver: false }],
  [
    'an id under which something else came',
    'an event is the same each time it comes',
    telling(inService, paying, { ...told(3, 'free'), id: paid.id }, paid),
  ],
  [
    'an id that came with another number',
    'an event is the same each time it comes',
    telling(inService, paying, { ...paid, sequence: 4 }, paid),
  ],
  [
    'an event that came before an earlier one',
    'events come in the order of their numbers',
    telling(paying, inService, paid),
  ],
  [
    'two events with one number',
    'events come in the order of their numbers',
    telling(inService, paying, { ...told(2, 'paid', asPaid), id: 'C1:r2:2' }),
  ],
  ['an event that never came', 'no event is left out', telling(inService, paid)],
  ['a first event that never came', 'no event is left out', telling(paying, paid)],
  [
    'an end that nobody was told',
    'the phase that is read was told last',
    telling(inService, paying),
  ],
  [
    'an end that nobody was told, of a run that was ended',
    'the phase that is read was told last',
    { ...telling(inService, paying), isInterrupted: true },
  ],
  [
    'an end that was told, and is none',
    'the phase that is read was told last',
    reading(TOLD, { phase: 'paying' }),
  ],
  [
    'an end that was told twice',
    'a phase in which an order ends is told once',
    telling(inService, paying, paid, told(4, 'paid', asPaid)),
  ],
  [
    'a debt whose end was not told',
    'the troubles that were told are those that there are',
    reading(toPayBack, { trouble: undefined }),
  ],
  [
    'a debt that was not told',
    'the troubles that were told are those that there are',
    reading(TOLD, { trouble: 'refund_due' }),
  ],
  [
    'a debt whose end was told, and is owed',
    'the troubles that were told are those that there are',
    { ...paidBack, read: toPayBack.read },
  ],
  [
    'a trouble that ended before it began',
    'a trouble begins before it ends, and not twice',
    telling(inService, paying, paid, trouble(4, 'ended')),
  ],
  [
    'a payment that WeChat Pay did not make',
    'a phase that is told was WeChat Pay’s',
    { ...TOLD, wechat: { order: ORDER, ledger: [created!, completed!] } },
  ],
  [
    'a cancellation that did not happen',
    'a phase that is told was WeChat Pay’s',
    telling(inService, paying, told(3, 'cancelled'), told(4, 'paid', asPaid)),
  ],
  [
    'a fen more than WeChat Pay says',
    'the amounts that are told are WeChat Pay’s, to the fen',
    telling(inService, paying, told(3, 'paid', { ...asPaid, total_amount: 501 })),
  ],
  [
    'a payment of another amount',
    'the amounts that are told are WeChat Pay’s, to the fen',
    telling(
      ...[inService, paying],
      told(3, 'paid', { ...asPaid, collection: { ...ORDER.collection, paid_amount: 499 } }),
    ),
  ],
  [
    'a charge of what nobody asked for',
    'the amounts that are told are WeChat Pay’s, to the fen',
    telling(inService, told(2, 'paying', { total_amount: 501 }), paid),
  ],
  [
    'a refund that was not told',
    'every refund is told once, and none that was not',
    { ...paidBack, refundDeliveries: [] },
  ],
  [
    'a refund that was told twice',
    'every refund is told once, and none that was not',
    { ...paidBack, refundDeliveries: [refunded('due-1', 500), refunded('due-1', 500, 2)] },
  ],
  [
    'a refund that was told, and is none',
    'every refund is told once, and none that was not',
    { ...paidBack, refunds: [], refundsThere: [] },
  ],
  [
    'a refund of another amount',
    'every refund is told once, and none that was not',
    { ...paidBack, refundDeliveries: [refunded('due-1', 499)] },
  ],
  [
    'a refund whose event was left out before it',
    'no event is left out',
    { ...paidBack, refundDeliveries: [refunded('due-1', 500, 2)] },
  ],
];
