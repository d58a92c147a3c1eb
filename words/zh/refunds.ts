/** A payment's refunds, in the web UI's current details. Terms come as markdown. */
import type { Words } from '../en.ts';

export const refunds: Words['refunds'] = {
  toDo: {
    misconfigured: '微信支付不接受我方请求：检查 Worker 的密钥与时钟，并运行 `doctor`。',
    refund_abnormal:
      '退款未能到达用户（其银行卡或账户已注销）：请在商户平台处理（退款异常处理）。本系统会自动再次查询。',
    refund_not_enough: '商户账户余额不足：请在商户平台充值。同一笔退款会自动重发。',
  },
  states: {
    waiting: '排队中，与上一笔间隔一分钟',
    unknown: '已发出，正在查询微信支付是否已受理',
    not_enough: '尚未受理',
    refused: '被拒绝，未退款',
    processing: '已受理，退款处理中',
    abnormal: '未能到达用户',
    success: '已退还',
    closed: '已关闭，未退款',
  },
  head: (transaction, order) => `${transaction} 的退款，订单 ${order}`,
  paid: (total, refunded) => `已支付 ${total}，已退款 ${refunded}。`,
  asked: '正在向微信支付查询支付金额。',
  ofConsole: '在商户平台发起',
  askedBy: (key) => `由 ${key} 发起`,
  wechatSaid: (code, message) => `微信支付应答 ${code} “${message}”`,
  line: (number, amount, facts) => `${number} ${amount}：${facts.join('，')}`,
  terminate: '_Terminate_ 只结束本系统的记录：已申请的退款在微信支付侧继续，而此处不再得知结果。',
};
