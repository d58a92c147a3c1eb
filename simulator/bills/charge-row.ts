/** What WeChat Pay collected for an order, as its bill tells it: a row of each automatic charge, or payment on the order page. */
import type { CollectionDetail, Order } from '../orders/order.ts';
import type { Channel } from '../orders/ledger.ts';
import { billTime, feeOf, settledOf, type BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';

/** In the order in which it was collected; empty where WeChat Pay collected nothing. */
export function chargeRows(order: Order, jsapiPacket: BillSettings['jsapi_packet']): BillRow[] {
  const channels = channelsOf(order);
  return collectedBy(order).flatMap((detail, nth) => {
    const { transaction_id } = detail;
    if (transaction_id === undefined) return [];
    const channel = channels[nth] ?? 'AUTH';
    return chargeRow(order, { ...detail, transaction_id }, { channel, jsapiPacket });
  });
}

interface Way {
  readonly channel: Channel;
  readonly jsapiPacket: BillSettings['jsapi_packet'];
}

function chargeRow(
  order: Order,
  detail: CollectionDetail & { readonly transaction_id: string },
  { channel, jsapiPacket }: Way,
): BillRow {
  const { transaction_id, paid_time, amount, promotion_detail = [] } = detail;
  const coupon_amount = promotion_detail.reduce((sum, coupon) => sum + coupon.amount, 0);
  const coupon_type = promotion_detail[0]?.type;
  const order_amount = amount + coupon_amount;
  const settlement_amount = settledOf(order_amount, { coupon_amount, coupon_type });
  const packet = `wxzff|${order.order_id}|${order.out_order_no}`;
  const byUser = channel === 'JSAPI';
  return {
    time: billTime(paid_time),
    appid: order.appid,
    mchid: order.mchid,
    sub_mchid: '0',
    device: '',
    transaction_id,
    out_trade_no: byUser ? order.out_order_no : wechatNumber(transaction_id),
    openid: order.openid,
    trade_type: channel,
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

/** Each entry of NEWTON is a transaction of its own; the others were paid to the merchant. */
function collectedBy({ collection }: Order): CollectionDetail[] {
  return (collection?.details ?? []).filter(({ paid_type }) => paid_type === 'NEWTON');
}

/** Whether WeChat Pay collected something on this day, `yyyyMMdd`. */
export function isCollectedOn(order: Order, day: string): boolean {
  return collectedBy(order).some(({ paid_time }) => paid_time.startsWith(day));
}

/** Of each charge in turn; one that does not say through which channel it came is WeChat Pay's own. */
function channelsOf({ ledger }: Order): Channel[] {
  return ledger
    .filter(({ event }) => event === 'charged')
    .map((charge) => ('channel' in charge && charge.channel) || 'AUTH');
}
