/** What WeChat Pay collected for an order, as its bill tells it: through an automatic charge or the order page. */
import type { Order } from '../orders/order.ts';
import { billTime, feeOf, settledOf, type BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';

/** Undefined where WeChat Pay collected nothing. */
export function chargeRow(
  order: Order,
  jsapiPacket: BillSettings['jsapi_packet'],
): BillRow | undefined {
  const detail = collectedBy(order);
  if (detail?.transaction_id === undefined) return undefined;
  const { transaction_id, paid_time, amount, promotion_detail = [] } = detail;
  const coupon_amount = promotion_detail.reduce((sum, coupon) => sum + coupon.amount, 0);
  const coupon_type = promotion_detail[0]?.type;
  const order_amount = amount + coupon_amount;
  const settlement_amount = settledOf(order_amount, { coupon_amount, coupon_type });
  const packet = `wxzff|${order.order_id}|${order.out_order_no}`;
  const byUser = isPaidFromPage(order);
  return {
    time: billTime(paid_time),
    appid: order.appid,
    mchid: order.mchid,
    sub_mchid: '0',
    device: '',
    transaction_id,
    out_trade_no: byUser ? order.out_order_no : wechatNumber(transaction_id),
    openid: order.openid,
    trade_type: byUser ? 'JSAPI' : 'AUTH',
    trade_state: 'SUCCESS',
    bank_type: detail.bank_type ?? 'OTHERS',
    currency: 'CNY',
    settlement_amount,
    coupon_amount,
    order_amount,
    body: order.service_introduction,
    attach: byUser && jsapiPacket === 'attach' ? order.attach : packet,
    fee: feeOf(settlement_amount),
  };
}

/** Of the same payment always the same, and nobody meets it before the bill. */
function wechatNumber(transaction_id: string): string {
  return `${transaction_id.slice(14)}${transaction_id.slice(0, 14)}`;
}

function collectedBy({ collection }: Order) {
  return collection?.details.find((detail) => detail.paid_type === 'NEWTON');
}

/** `yyyyMMddHHmmss`; undefined where WeChat Pay collected nothing. */
export function paidTimeOf(order: Order): string | undefined {
  return collectedBy(order)?.paid_time;
}

/** A charge that does not say through which channel it came is WeChat Pay's own. */
function isPaidFromPage({ ledger }: Order): boolean {
  const charge = ledger.findLast(({ event }) => event === 'charged');
  return charge !== undefined && 'channel' in charge && charge.channel === 'JSAPI';
}
