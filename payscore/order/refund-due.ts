/** What WeChat Pay charged, and must pay back. */
import type { Operation } from './operation-name.ts';
import type { Phase } from '../rules/phase.ts';

export interface RefundDue {
  /** In fen. */
  readonly amount: number;
  /**
   * The number by which WeChat refunds (申请退款); `out_order_no` is not accepted there. Absent where it is more than any one
   * of several charges.
   */
  readonly transaction_id?: string;
  /** What the payment crossed: an operation, or the phase in which the order had ended here. */
  readonly because: Operation | Phase;
}

/** What the user has back: of each payment its refunds, by WeChat's `refund_id`. */
export type Refunded = Readonly<Record<string, readonly RefundDone[]>>;

export interface RefundDone {
  readonly refund_id: string;
  /** In fen. */
  readonly amount: number;
}

/** That it was paid back otherwise, such as in cash. */
export interface Settled {
  /** In fen, all that was due then. */
  readonly amount: number;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
  /** The name of the API key by which it was said. */
  readonly by?: string;
}

interface Debt {
  readonly refundDue?: RefundDue | undefined;
  readonly refunded?: Refunded | undefined;
  readonly settled?: Settled | undefined;
}

/** In fen, what is still owed to the user. */
export function owedOf({ refundDue, refunded = {}, settled }: Debt): number {
  const back = Object.values(refunded)
    .flat()
    .reduce((sum, { amount }) => sum + amount, settled?.amount ?? 0);
  return Math.max(0, (refundDue?.amount ?? 0) - back);
}
