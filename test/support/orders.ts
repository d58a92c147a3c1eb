/** What business code sends in tests. */
import { randomBytes } from 'node:crypto';

export function newNumber(): string {
  return `T${Date.now()}${randomBytes(4).toString('hex')}`;
}

export function newOpenid(): string {
  return `o${randomBytes(12).toString('hex')}`;
}

export function rental(change: Record<string, unknown> = {}) {
  return {
    out_order_no: newNumber(),
    openid: newOpenid(),
    service_introduction: '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    ...change,
  };
}

export function rentalEnd(total_amount: number) {
  return { post_payments: [{ name: '租借费', amount: total_amount }], total_amount };
}

export function correction(total_amount: number) {
  return { ...rentalEnd(total_amount), reason: '多收退还' };
}

export const CANCELLATION = { reason: '用户取消' };
