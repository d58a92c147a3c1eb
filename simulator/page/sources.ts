/** What the page looks at and acts through: WeChat Pay's own parts, in this process, and the merchant's side. */
import type { Announcer } from '../announcer.ts';
import type { ControlParts } from '../control/control-router.ts';
import type { Collection } from '../journal.ts';
import type { MerchantSide } from '../merchant/merchant.ts';
import type { Order } from '../orders/order.ts';
import type { CallLog } from '../transport/call-log.ts';
import type { PhoneUsers } from './phone/users.ts';
import type { StoryChange, StoryChanges } from './stories/changes.ts';

export interface PageParts extends ControlParts {
  readonly calls: CallLog;
  readonly announcer: Announcer;
  /** The keys of those that came last, the newest first. */
  readonly latest: (kind: 'order' | 'notification', count: number) => string[];
  /** What is to be taken back of a story. */
  readonly storyChanges: Collection<StoryChange>;
}

export interface Sources extends PageParts {
  readonly users: PhoneUsers;
  readonly changes: StoryChanges;
  /** Undefined where nobody has said where our API is. */
  readonly merchant: MerchantSide | undefined;
}

export function latestOrders({ latest, orders }: Sources, count: number): Order[] {
  return latest('order', count).flatMap((out_order_no) => orders.get(out_order_no) ?? []);
}
