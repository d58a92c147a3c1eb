/** A number under which another system of the merchant has another order is left to it. */
import { answerOf, isOf, isOthers } from './book.ts';
import { toldOf } from './amount-rules.ts';
import type { Evidence } from './evidence.ts';
import type { Rule } from './rule.ts';

const NUMBER_TAKEN = 'urn:payscore-orders:number-taken';
/** As long as WeChat Pay has not said so, its word is waited for, until that is of no more use. */
const NOT_CREATED = 'urn:payscore-orders:not-created';

export const foreignRules: Readonly<Record<string, Rule>> = {
  'a number that is taken opens nothing': (evidence) => {
    if (!isOthers(evidence.foreign)) return [];
    const adopted = adoptedAt(evidence);
    return evidence.entries
      .filter((it) => isOf(it, 'open') && it.sentAt < adopted)
      .filter((it) => {
        const { status, body } = answerOf(it) ?? {};
        if (status === undefined) return false;
        const isOpen = status === 202 && body?.phase === 'creating';
        return !isOpen && body?.type !== NUMBER_TAKEN && body?.type !== NOT_CREATED;
      })
      .map((it) => `${toldOf(it)}: ${JSON.stringify(answerOf(it)?.body?.type)}`);
  },

  'an order of another system is left alone until it is adopted': (evidence) => {
    if (!isOthers(evidence.foreign)) return [];
    const adopted = adoptedAt(evidence);
    return (evidence.wechat?.ledger ?? [])
      .filter(({ event, real_time }) => event !== 'created' && Date.parse(real_time) < adopted)
      .map(({ event, real_time }) => `${event} at ${real_time}`);
  },
};

function adoptedAt({ entries }: Evidence): number {
  return entries.find((it) => isOf(it, 'adopt'))?.sentAt ?? Infinity;
}
