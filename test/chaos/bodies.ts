/** The bodies that business code sends. */
import type { Path, Request } from './step.ts';

export function openingOf(
  out_order_no: string,
  { openid, deadlines }: Path,
  body: 'other' | undefined,
) {
  return {
    out_order_no,
    openid,
    service_introduction: body === 'other' ? '雨伞租借' : '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    deadlines,
  };
}

export function bodyOf(request: Request): object {
  switch (request.operation) {
    case 'complete':
      return feesOf(request.amount);
    case 'modify':
      return { ...feesOf(request.amount), reason: '多收了' };
    case 'cancel':
      return { reason: request.reason };
    case 'sync':
      return { paid_time: new Date().toISOString() };
    case 'refresh':
    case 'adopt':
      return {};
  }
}

export function feesOf(total_amount: number) {
  return { post_payments: [{ name: '租借费', amount: total_amount }], total_amount };
}
