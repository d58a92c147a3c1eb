/** What business code was told once stays so, whatever becomes of the run that told it. */
import { isOf } from './book.ts';
import type { Rule } from './rule.ts';
import { chargedIn, eventsOf, isByOthers } from './ledger.ts';
import { readsInTurn, tellingsOf } from './told.ts';

const WANTED = ['in_service', 'paying'];

export const promiseRules: Readonly<Record<string, Rule>> = {
  'what was told to be in service is cancelled only when business code asks': (evidence) => {
    const told = tellingsOf(evidence).find(({ phase }) => WANTED.includes(phase));
    if (told === undefined) return [];
    return eventsOf(evidence, 'cancelled')
      .filter(({ real_time }) => {
        const at = Date.parse(real_time);
        if (isByOthers(evidence, 'cancelled', 0)) return false;
        return !evidence.entries.some((it) => isOf(it, 'cancel') && it.sentAt <= at);
      })
      .map(({ real_time }) => `told ${told.phase}, and cancelled at ${real_time} for nobody`);
  },

  'a debt once told is told until the end': (evidence) => {
    const { read } = evidence;
    const told = tellingsOf(evidence).flatMap(({ refund_due }) => refund_due ?? []);
    if (told.length === 0 || read.status !== 200 || chargedIn(evidence) === 0) return [];
    const most = Math.max(...told.map(({ amount }) => amount));
    const { trouble, refund_due } = read.body;
    if (trouble === 'refund_due' && refund_due?.amount >= most) return [];
    return [`${most} fen were told to be owed, in the end ${JSON.stringify(refund_due)}`];
  },

  'what is told to be charged never rises': (evidence, { now }) =>
    readsInTurn(evidence, now).flatMap((reads) => {
      const totals = reads.flatMap(({ phase, total_amount }) =>
        phase === 'paying' && total_amount !== undefined ? [total_amount] : [],
      );
      return totals.flatMap((total, index) => {
        const before = totals[index - 1];
        return before === undefined || total <= before ? [] : [`${total} after ${before}`];
      });
    }),
};
