/** A day's reconciliation, for finance people and operators. */
import type { Words } from '../en.ts';

export const reconciliation: Words['reconciliation'] = {
  swept: (asked) =>
    `${asked} 笔订单服务已超过一天，已通知其向微信支付查单。超过预期结束时间的订单带有异常 overdue。`,
};
