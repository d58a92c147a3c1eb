/** What the outside is shown of a transaction's refunds. */
import type { Outbox } from '../events/event.ts';
import type { RefundRecord, Refunds } from './refunds.ts';
import { refundedOf, refundTroubleOf, reservedOf } from './rules.ts';

export interface RefundsView {
  readonly out_order_no: string;
  readonly transaction_id: string;
  /** In fen; absent where WeChat Pay says that there was no payment. */
  readonly total?: number;
  /** In fen: what the user has back, and what may be on its way to him. */
  readonly refunded: number;
  readonly reserved: number;
  readonly trouble?: string;
  readonly refunds: readonly RefundRecord[];
  /** When the last new number was sent; RFC 3339. */
  readonly applied_at?: string;
  /** For the run that goes on with them: what business code was told, and what it is still to be told. */
  readonly outbox?: Outbox;
}

export function refundsViewOf(all: Refunds): RefundsView {
  const { opening, charge, refunds, appliedAt, outbox } = all;
  const { out_order_no, transaction_id } = opening;
  const trouble = refundTroubleOf(all);
  return {
    ...{ out_order_no, transaction_id },
    ...(charge && { total: charge.total }),
    refunded: refundedOf(refunds),
    reserved: reservedOf(refunds),
    ...(trouble && { trouble }),
    refunds,
    ...(appliedAt !== undefined && { applied_at: appliedAt }),
    ...(outbox && { outbox }),
  };
}
