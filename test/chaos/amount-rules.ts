/** The money is what business code asked for and was told, to the fen, and it is paid once. */
import { amountOf, type Entry } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { Rule } from './rule.ts';
import {
  chargedIn,
  eventsOf,
  fits,
  isByOthers,
  isInLedger,
  operationOf,
  partsOf,
} from './ledger.ts';
import { isSaidToBeCrossed } from './refund-rules.ts';
import { askedOf, type Asked } from './outcome.ts';
import { requiredRefund } from './refund-rules.ts';
import { standingOf } from './standing.ts';
import { isLegitimatelyWaiting } from './waiting.ts';

export const amountRules: Readonly<Record<string, Rule>> = {
  'amounts are WeChat Pay’s, to the fen': (evidence, context) => {
    const { read, wechat } = evidence;
    const { phase, total_amount, collection } = read.body ?? {};
    const isKnown = ['paying', 'paid', 'paid_elsewhere', 'free'].includes(phase);
    if (!isKnown || !wechat || isLegitimatelyWaiting(evidence, context)) return [];
    // The answer to a completion has no collection, and nothing asks for it before it is paid.
    const isUntold = phase === 'paying' && collection === undefined;
    const known = isUntold ? undefined : wechat.order.collection;
    const here = JSON.stringify([total_amount, essence(collection)]);
    const there = JSON.stringify([wechat.order.total_amount, essence(known)]);
    return here === there ? [] : [`${here} here, ${there} at WeChat Pay`];
  },

  'an order is created once and paid once': (evidence) => {
    const { read, wechat } = evidence;
    const times = (event: string) => eventsOf(evidence, event).length;
    const problems: string[] = [];
    if (times('created') > 1) problems.push('created more than once');
    const isAdmitted = read.body?.trouble === 'refund_due';
    if (isAdmitted) return problems;
    const payments = times('charged') + times('synced');
    if (payments > Math.max(1, partsOf(evidence).length)) problems.push(`paid ${payments} times`);
    const charged = chargedIn(evidence);
    const { total_amount = 0 } = wechat?.order ?? {};
    if (charged > total_amount) problems.push(`${charged} fen charged, of ${total_amount}`);
    return problems;
  },

  'whatever happened at WeChat Pay was asked for and not called refused': (evidence) => {
    const asked = askedOf(evidence);
    const { phase } = evidence.read.body ?? {};
    return (evidence.wechat?.ledger ?? []).flatMap(({ event, total_amount, real_time }) => {
      const operation = operationOf(event);
      if (operation === undefined) return [];
      if (isByOthers(evidence, event, total_amount)) return [];
      // What is given up before business code hears of it is cancelled by ourselves.
      const phases = [
        phase,
        ...evidence.runs.map((run) => [run.searchAttributes['PayscorePhase']].flat()[0]),
      ];
      if (operation === 'cancel' && phases.some((it) => it === 'rejected' || it === 'creating'))
        return [];
      const fitting = asked.filter(
        ({ entry }) => entry.request.operation === operation && fits(entry, total_amount),
      );
      const isOwnedUpTo = fitting.some(
        ({ outcome, record }) => outcome !== 'refused' || isSaidToBeCrossed(record),
      );
      if (isOwnedUpTo) return [];
      const told = fitting.map(({ entry }) => toldOf(entry)).join(', ') || 'never asked for';
      return [`${event} ${total_amount} at ${real_time}: ${told}`];
    });
  },

  'whatever was called done has happened at WeChat Pay': (evidence) =>
    askedOf(evidence)
      .filter(({ outcome }) => outcome === 'done')
      .flatMap(({ entry }) => {
        const { operation } = entry.request;
        if (isInLedger(evidence, entry)) return [];
        return [`${operation} ${amountOf(entry) ?? ''} is called done and is not in the ledger`];
      }),

  'what is charged is never raised': ({ wechat }) => {
    const totals = (wechat?.ledger ?? []).flatMap(({ event, total_amount }) =>
      ['created', 'confirmed', 'cancelled'].includes(event) ? [] : [total_amount],
    );
    return totals.flatMap((total, index) => {
      const before = totals[index - 1];
      return before === undefined || total <= before ? [] : [`${total} after ${before}`];
    });
  },

  'what is charged is what was last called done': (evidence, context) => {
    const { wechat } = evidence;
    const standing = standingOf(wechat?.order);
    if (!wechat || !/USER_PAYING|DONE/.test(standing)) return [];
    if (isLegitimatelyWaiting(evidence, context)) return [];
    const last = lastDone(evidence);
    const amount = last && amountOf(last.entry);
    const { total_amount } = wechat.order;
    if (amount === undefined || amount === total_amount) return [];
    if (isByOthers(evidence, 'modified', total_amount)) return [];
    if (isLeftBehind(evidence, total_amount)) return [];
    const { refund_due } = evidence.read.body ?? {};
    // A coupon may have paid for what is too much.
    const owed = chargedIn(evidence) - amount;
    const isOver = standing.startsWith('DONE') && total_amount > amount;
    if (isOver && (owed <= 0 || refund_due?.amount >= owed)) return [];
    return [`${wechat.order.total_amount} at WeChat Pay; ${toldOf(last!.entry)}`];
  },

  'a payment that crossed what was accepted is to be refunded': (evidence) => {
    const { trouble, refund_due } = evidence.read.body ?? {};
    const required = requiredRefund(evidence);
    if (required.least === 0) {
      if (refund_due === undefined || required.possible.includes(refund_due.amount)) return [];
      return [`refund_due ${JSON.stringify(refund_due)}, and nothing was crossed`];
    }
    const isDue = trouble === 'refund_due' && required.possible.includes(refund_due?.amount);
    if (isDue && refund_due.amount >= required.least) return [];
    return [
      `${required.because}: ${required.least} fen are owed, not ${JSON.stringify(refund_due)}`,
    ];
  },
};

/** In the order in which they were carried out. */
function lastDone(evidence: Evidence): Asked | undefined {
  const records: any[] = evidence.read.body?.operations ?? [];
  const asked = askedOf(evidence);
  const last = records.findLast(
    ({ operation, state }) => state === 'done' && ['complete', 'modify'].includes(operation),
  );
  return asked.find(({ record }) => record !== undefined && record === last);
}

/** What a run had sent that was ended from outside may have been carried out: whoever asked for it is told to ask again. */
function isLeftBehind(evidence: Evidence, total_amount: number): boolean {
  return askedOf(evidence).some(
    ({ entry, record }) =>
      record?.state === 'left_behind' &&
      entry.request.operation === 'modify' &&
      fits(entry, total_amount),
  );
}

export function toldOf(entry: Entry): string {
  const statuses = entry.replies.map(({ status }) => status ?? 'none').join(' ');
  const key = entry.manner.key ?? 'no key';
  return `${entry.request.operation} ${amountOf(entry) ?? ''} (${key}) was answered ${statuses}`;
}

/** What must be the same to the fen, and what says by whom it was paid. */
export function essence(collection: any): unknown {
  if (collection === undefined) return null;
  const { state, total_amount, paying_amount, paid_amount, details = [] } = collection;
  const paid = details.map((it: any) => [it.amount, it.paid_type, it.transaction_id ?? null]);
  return [state, total_amount, paying_amount, paid_amount, paid];
}
