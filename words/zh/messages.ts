/** What the web UI's own dialogs say about each message of an order. */
import type { Words } from '../en.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';

const NOT_FOR_PEOPLE = '非人工使用';

export const messages: Words['messages'] = {
  opened: `${NOT_FOR_PEOPLE}：在得知订单是否存在、或用户须先授权时应答`,
  complete: `服务已结束：按实际金额（单位：分）完结订单。${EXAMPLES.complete}`,
  modify: `在微信支付扣款期间调低金额，单位为分。${EXAMPLES.modify}`,
  cancel: `取消订单，支付之前随时可用；原因会展示给用户。${EXAMPLES.cancel}`,
  sync: `用户已直接向商户付款：微信支付停止扣款。${EXAMPLES.sync}`,
  refresh: '立即向微信支付查单，或查询用户是否已授权；不改变微信支付侧的任何内容。无需数据',
  refreshRequested: '与 refresh 相同，但无人等待结果',
  storeRestored:
    'Temporal 的存储已从备份恢复：做任何事之前先向微信支付查单。须在 Worker 启动之前发给所有未结束的订单。无需数据',
  authorizationChanged: `${NOT_FOR_PEOPLE}：收到一条已验签的用户授权变更通知`,
  orderPaid: `${NOT_FOR_PEOPLE}：已验签的 USER_PAID 通知内容`,
  refunded: `${NOT_FOR_PEOPLE}：用户已收到的退款，来自退款的 Run`,
  settle: '订单的待退款项已用其他方式（例如现金）退还：不再欠款。{"reason":"已现金退还"}',
  order: '订单当前状态',
  notAwaited: (description) => `${description}。无人等待结果`,
  refund: '将一笔支付部分或全部退还用户：{"out_refund_no"，"amount" 单位为分}',
  refundTold: `${NOT_FOR_PEOPLE}：微信支付关于退款的回调通知，附其签名`,
  refunds: '各笔退款',
  published: `${NOT_FOR_PEOPLE}：发生了什么`,
  resendRequested: '立即从第一个开始重试等待中的事件。无需数据',
  events: '等待中的与最近送达的事件',
  report: '目前为止的对账报告',
};
