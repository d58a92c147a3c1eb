/** Where an order stands and what there is to do, for whoever has to look at it at night. */
import type { Words } from '../en.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';

const COMPLETE = `\`complete\`：\`${EXAMPLES.complete}\`（单位：分）`;
const CANCEL = `\`cancel\`：\`${EXAMPLES.cancel}\``;
const ANEW = '无需处理。再次尝试须使用新的 `out_order_no`。';
const COMES_BACK = '无需处理。若微信支付仍然扣款，订单会自动重新打开，并带有异常 `refund_due`。';

export const phases: Words['phases'] = {
  each: {
    authorizing: {
      stands: '用户尚未在微信中授权该服务。微信支付没有此订单，也不会扣款。',
      toDo: `无需处理：只能由用户授权。要立即查询，请发送 Update \`refresh\`，它也会更新过期的邀请。要放弃该订单，请发送 ${CANCEL}`,
    },
    creating: {
      stands: '微信支付是否已有此订单，尚不可知。',
      toDo: '几分钟内无需处理：会自动进入服务中或放弃。若持续更久，请看 _Pending Activities_，或 _Timeline_ 中最近一次失败：其内容就是微信支付或网络的应答。',
    },
    in_service: {
      stands: '服务进行中，尚未扣款。',
      toDo: `用户仍在使用时无需处理，由业务系统完结。要人工完结，请发送 Update ${COMPLETE}。若从未使用，请发送 ${CANCEL}`,
    },
    paying: {
      stands: '服务已结束，微信支付正在向用户扣款（待支付）。它会一直尝试，必要时长达数周。',
      toDo: [
        '无需处理：支付结果会自动更新。要立即查询，请发送 Update `refresh`。以下操作仅在已作出决定时使用：',
        `- 调低金额，\`modify\`：\`${EXAMPLES.modify}\`（单位：分）`,
        `- 不再收款，${CANCEL}`,
        `- 用户已用其他方式付款，\`sync\`：\`${EXAMPLES.sync}\``,
      ].join('\n'),
    },
    paid: {
      stands: '微信支付已向用户扣款。',
      toDo: '无需处理。要退款，请用 `POST …/refunds`，或在商户平台按 `transaction_id` 退款。',
    },
    paid_elsewhere: {
      stands: '用户已直接向商户付款，微信支付已停止扣款。',
      toDo: COMES_BACK,
    },
    free: { stands: '服务已结束，无需付款。', toDo: COMES_BACK },
    cancelled: { stands: '订单已取消，用户不欠款。', toDo: COMES_BACK },
    rejected: { stands: '微信支付没有此订单：未创建。', toDo: ANEW },
    unauthorized: {
      stands: '微信支付没有此订单：用户未授权该服务。',
      toDo: `${ANEW}须先由用户授权该服务。`,
    },
  },
  openAgain: '修复之后，请由业务系统重新创建：以同一 `out_order_no` 重发同一请求，即可重新开始。',
  unwanted: '该订单已不再需要：微信支付侧若已有此订单，正在取消。',
  takenUp: '正在向微信支付查询该订单。',
  lastHeard: '微信支付最近一次返回时，服务仍在进行中。',
  underWay: (operation) => `无需处理：\`${operation}\` 正在执行，此时发起的操作会排队等候。`,
};
