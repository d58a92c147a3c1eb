/** One rental is one order that counts and one payment, however many numbers business code has tried. */
import type { Book } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { Disagreement } from './judge.ts';
import { isForAQuestion } from './permission-rules.ts';
import { standingOf } from './standing.ts';

export function judgeRental({ path, numbers }: Book, orders: readonly Evidence[]): Disagreement[] {
  const counting = orders.filter((evidence) => {
    const standing = standingOf(evidence.wechat?.order);
    return standing !== 'none' && standing !== 'REVOKED' && !isForAQuestion(evidence);
  });
  if (counting.length <= 1) return [];
  return [
    {
      out_order_no: numbers[0]!,
      story: path.story,
      rule: 'one rental is one order',
      reason: counting
        .map(({ out_order_no, wechat }) => `${out_order_no}: ${standingOf(wechat?.order)}`)
        .join('; '),
    },
  ];
}
