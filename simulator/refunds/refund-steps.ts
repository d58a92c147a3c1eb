/** How a refund stands after a step: it becomes something by time, or by a person in the merchant's console. */
import { rfc3339 } from '../beijing-time.ts';
import type { Refund, RefundChannel, RefundStatus } from './refund.ts';

/** Where the money of an ABNORMAL refund goes in the end. */
export interface Settlement {
  readonly channel: Extract<RefundChannel, 'OTHER_BALANCE' | 'OTHER_BANKCARD'>;
  readonly user_received_account: string;
}

/** The refund after what has fallen due, at its own time. */
export function afterTime(refund: Refund, nowMs: number): Refund {
  const { due } = refund;
  return due === undefined || due.ms > nowMs ? refund : become(refund, due.status, due.ms);
}

export function settled(refund: Refund, settlement: Settlement, nowMs: number): Refund {
  return become({ ...refund, ...settlement }, 'SUCCESS', nowMs);
}

function become({ due: _due, ...refund }: Refund, status: RefundStatus, ms: number): Refund {
  return {
    ...refund,
    status,
    ...(status === 'SUCCESS' && { success_time: rfc3339(ms) }),
    history: [...refund.history, { status, ms }],
  };
}
