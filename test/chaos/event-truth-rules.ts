/** What business code is told by itself is true, by WeChat Pay's ledger. */
import { essence } from './amount-rules.ts';
import { isOthers } from './book.ts';
import type { EventEvidence } from './event-evidence.ts';
import { firstOnes, phaseIn, phasesOf, type EventRule } from './event-rules.ts';
import { grouped } from './grouped.ts';
import type { Delivery } from './receiver.ts';

export const eventTruthRules: Readonly<Record<string, EventRule>> = {
  'a phase that is told was WeChat Pay’s': (evidence) =>
    isOthers(evidence.foreign)
      ? []
      : phasesOf(evidence).flatMap((event) => {
          const phase = phaseIn(event);
          const why = OBJECTIONS[phase]?.(evidence);
          return why === undefined ? [] : [`told ${phase}, and ${why}`];
        }),

  'the amounts that are told are WeChat Pay’s, to the fen': (evidence) => {
    const { wechat } = evidence;
    if (!wechat) return [];
    const told = phasesOf(evidence);
    return told.flatMap((event) => {
      switch (phaseIn(event)) {
        case 'paying': {
          const { total_amount } = event.data.order;
          const isKnown = wechat.ledger.some((entry) => entry.total_amount === total_amount);
          return isKnown ? [] : [`${total_amount} were to be charged, by no entry of the ledger`];
        }
        case 'paid':
        case 'paid_elsewhere':
        case 'free':
          // Of what was charged afterwards another event tells.
          return event === told.at(-1) ? differencesOf(event, wechat.order) : [];
        default:
          return [];
      }
    });
  },

  'every refund is told once, and none that was not': ({
    refundDeliveries,
    refunds,
    refundsThere,
  }) => {
    const told = grouped(
      firstOnes(refundDeliveries).filter(({ type }) => type === 'refund.succeeded'),
      ({ data }) => data.refund.out_refund_no as string,
    );
    const there = new Map(
      refundsThere
        .filter(({ refund }) => refund.status === 'SUCCESS')
        .map(({ refund }) => [refund.out_refund_no, refund]),
    );
    const known = refunds.filter(({ state }) => state === 'success');
    return [
      ...known
        .filter(({ out_refund_no }) => there.has(out_refund_no) && !told.has(out_refund_no))
        .map(({ out_refund_no }) => `${out_refund_no} was not told`),
      ...[...told].flatMap(([number, events]) => {
        const refund = there.get(number) as { amount?: { refund?: number } } | undefined;
        if (!refund) return [`${number} was told, and there is none`];
        if (events.length > 1) return [`${number} was told ${events.length} times`];
        const { amount } = events[0]!.data.refund;
        const { refund: really } = refund.amount ?? {};
        return amount === really ? [] : [`${number}: told ${amount} fen, ${really} there`];
      }),
    ];
  },
};

type Objection = (evidence: EventEvidence) => string | undefined;

const happened =
  (...events: readonly string[]): Objection =>
  ({ wechat }) =>
    wechat?.ledger.some(({ event }) => events.includes(event))
      ? undefined
      : `the ledger has no ${events.join(', nor ')}`;

/** Nothing that goes on, or was paid in that way. */
const isGivenUp: Objection = (evidence) =>
  evidence.wechat === undefined ? undefined : happened('cancelled', 'expired')(evidence);

const OBJECTIONS: Readonly<Record<string, Objection>> = {
  authorizing: () => undefined,
  in_service: happened('created', 'confirmed'),
  paying: happened('completed'),
  free: happened('completed', 'modified'),
  paid: happened('charged'),
  paid_elsewhere: happened('synced', 'charged'),
  cancelled: isGivenUp,
  rejected: isGivenUp,
  unauthorized: isGivenUp,
};

function differencesOf({ data }: Delivery, order: any): string[] {
  const { total_amount, collection } = data.order;
  const told = JSON.stringify([total_amount, essence(collection)]);
  const there = JSON.stringify([order.total_amount, essence(order.collection)]);
  return told === there ? [] : [`${told} were told, ${there} are at WeChat Pay`];
}
