/** Tells the refunds of a payment what WeChat Pay says of one. */
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { ordersNamed } from '../../temporal/payments.ts';
import { startedByRefund, toldRefund } from '../../temporal/refunds.ts';
import type { Services, SignedNotification } from '../../payscore/order/opening.ts';
import { NamedRefund } from '../../schemas/refund.ts';
import type { Notification } from '../../wechatpay/notification.ts';

/**
 * - `taken`: Temporal keeps it
 * - `acknowledged`: it is about no payment of an order here, such as other business of the merchant
 */
export type ToldRefund = 'taken' | 'acknowledged';

/** @throws whatever Temporal's client throws when it does not answer: then nothing may be acknowledged */
export async function tellRefund(
  temporal: Temporal,
  { resource }: Notification,
  signed: SignedNotification,
  services: Services,
  deadline: number,
): Promise<ToldRefund> {
  const named = NamedRefund.safeParse(resource);
  if (!named.success || named.data.mchid !== temporal.mchid) return 'acknowledged';
  const { transaction_id } = named.data;
  return await withDeadline(temporal, deadline, async () => {
    if (await toldRefund(temporal, transaction_id, signed)) return 'taken';
    const transaction_ids = [transaction_id];
    const [order] = await ordersNamed(temporal, { transaction_ids, out_order_nos: [] });
    if (!order) return 'acknowledged';
    const { out_order_no } = order;
    await startedByRefund(temporal, { out_order_no, transaction_id, services }, signed);
    return 'taken';
  });
}
