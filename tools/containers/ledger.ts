/** What WeChat Pay charged, by its own ledger. */
import type { Order, Shop } from './shop.ts';

/** @throws {Error} for an order that was charged more or less often */
export async function chargedOnce(
  { people }: Shop,
  orders: readonly Order[],
  times = 1,
): Promise<void> {
  for (const { out_order_no } of orders) {
    const { ledger } = await people.order(out_order_no);
    const charges = ledger.filter(({ event }) => event === 'charged').length;
    if (charges !== times) throw new Error(`${out_order_no} was charged ${charges} times`);
  }
}
