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
