/** Why an update is not done, where no rule of the order is the reason: for whoever sent it from the web UI. */
import type { Words } from '../en.ts';
import { whyUnsent } from '../../payscore/refusals/refusal.ts';

export const updates: Words['updates'] = {
  refused: (code, message) => {
    const why = whyUnsent(message);
    return why === undefined ? `微信支付拒绝：${code} ${message}` : `未发出：${why}`;
  },
  expired: '在 Worker 受理之前，请求方已不再等待',
  moved: '已转入新的 Run，请重发同一请求',
  crowded: (limit) => `已有 ${limit} 个请求方在等待`,
  beingAsked: '正在向微信支付查单',
  refundNeeded: '须提供 out_refund_no 和以分为单位的 amount',
  paymentUntold: '微信支付未告知该笔支付',
};
