/** What the web UI's own buttons would do to an order: they know nothing of WeChat Pay. */
import type { Order } from '../../payscore/order/order.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import type { Words } from '../../words/en.ts';

export function buttonsOf(order: Order, { buttons }: Words): string[] {
  const { reset, likeThis, cancel, terminate } = buttons;
  if (hasEnded(order)) return [reset, likeThis];
  return [cancel, terminate(order.phase), reset, likeThis];
}
