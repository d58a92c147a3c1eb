/** The port to refunds that were declared here: what a bill has of them needs nobody. */

export interface DeclaredRefund {
  readonly out_refund_no: string;
  /** WeChat's number, as soon as it is known. */
  readonly refund_id?: string;
  /** In fen. */
  readonly amount: number;
  /** As WeChat said last (查询单笔退款); undefined while it has not said. */
  readonly status?: 'SUCCESS' | 'PROCESSING' | 'CLOSED' | 'ABNORMAL';
}

export interface DeclaredRefunds {
  /** All that was declared of a payment, fresh. */
  of(transaction_id: string): Promise<readonly DeclaredRefund[]>;
}

export const NOTHING_DECLARED: DeclaredRefunds = { of: async () => [] };
