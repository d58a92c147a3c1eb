/** An order in the words that a user reads in WeChat. */
import { readBeijing } from '../../beijing-time.ts';
import type { Order } from '../../orders/order.ts';
import { standingOf, type Standing } from '../../orders/state-table.ts';

export interface OrderWords {
  readonly state: string;
  readonly sentence: string;
}

const WORDS: Readonly<Record<Standing, OrderWords>> = {
  CREATED: { state: '待确认', sentence: '请确认订单' },
  USER_CONFIRM: { state: '服务进行中', sentence: '免押金使用中，服务结束后自动扣款' },
  USER_PAYING: { state: '待支付', sentence: '服务已结束，微信支付将自动扣款，也可以自己支付' },
  USER_PAID: { state: '已完成', sentence: '已支付，感谢守约' },
  NOTHING_TO_PAY: { state: '已完成', sentence: '本次无需付款' },
  REVOKED: { state: '已取消', sentence: '商户已取消订单，无需付款' },
  EXPIRED: { state: '已失效', sentence: '订单未确认，已失效' },
};

export function wordsOf(order: Order): OrderWords {
  return WORDS[standingOf(order)];
}

const PHASE_WORDS: Readonly<Record<string, OrderWords>> = {
  authorizing: { state: '待授权', sentence: '开通微信支付分免押服务后即可使用' },
  cancelled: { state: '已取消', sentence: '订单已取消，无需付款' },
  rejected: { state: '未能租借', sentence: '订单没有创建，可以重新扫码租借' },
  unauthorized: { state: '未能租借', sentence: '没有授权，订单没有创建' },
};
const UNKNOWN: OrderWords = { state: '正在下单', sentence: '正在与微信支付确认，请稍候' };

/** Of an order that WeChat Pay does not have (yet), by our phase. */
export function wordsOfPhase(phase = ''): OrderWords {
  return PHASE_WORDS[phase] ?? UNKNOWN;
}

/** When the service began. */
export function startMsOf({ time_range, accepted_time }: Order): number {
  const { ms = 0 } = readBeijing(time_range.start_time) ?? readBeijing(accepted_time) ?? {};
  return ms;
}

/** Failed charges since the completion: what a user is told of them. */
export function failedCharges({ ledger }: Order): number {
  return ledger.filter(({ event }) => event === 'charge_failed').length;
}

/** Fen that came back. */
export function refundedOf({ ledger }: Order): number {
  return ledger.reduce((sum, { refunded = 0 }) => sum + refunded, 0);
}
