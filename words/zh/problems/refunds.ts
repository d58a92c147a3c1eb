/** Why nothing is paid back. */
import type { Words } from '../../en.ts';

export const refunds: Words['problems']['refunds'] = {
  orderNotKept: (out_order_no) =>
    `此处没有订单 ${out_order_no}。若该订单已不再保留，请给出其支付的 transaction_id。`,
  unknown: (out_order_no) => `订单 ${out_order_no} 没有此退款。`,
  dueInParts: (amount) => `待退 ${amount} 分，超过任一笔扣款：请按各自的 transaction_id 逐笔退款。`,
  notCharged: (phase) => `只能退还微信支付已扣的款项；该订单为 ${phase}。`,
  whichCharge: (charges) =>
    `该订单扣款 ${charges.length} 次：请给出 transaction_id，须为 ${charges.join('、')} 之一。`,
  notItsCharge: '此 transaction_id 不是该订单的扣款。',
  refused: '未退款。再次尝试须使用另一 out_refund_no。',
  numberUsed: '另一笔退款须用另一 out_refund_no。未发出任何请求。',
  notAllowed: (rule) => `${rule}。未发出任何请求。`,
  busy: '等待该笔支付退款的请求过多。请几秒后重发同一请求。',
  notTaken: '未受理。请重发同一请求。',
  unreadable: '无法读取此前的退款，因此未执行任何操作。请重发同一请求。',
};
