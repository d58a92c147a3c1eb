/** Refunds that were asked for here, or that WeChat Pay has told of, as reconciliation asks for them. */
import type {
  DeclaredRefund,
  DeclaredRefunds,
} from '../reconciliation/matching/declared-refunds.ts';
import type { RefundRecord } from '../payscore/refunds/refunds.ts';
import type { Temporal } from '../temporal/client.ts';
import { refundsThere } from '../temporal/refunds.ts';

export function createDeclaredRefunds(temporal: Temporal): DeclaredRefunds {
  return {
    async of(transaction_id) {
      const there = await refundsThere(temporal, transaction_id);
      return (there?.refunds ?? []).flatMap(declaredOf);
    },
  };
}

function declaredOf({ out_refund_no, refund_id, amount, state }: RefundRecord): DeclaredRefund[] {
  const refund = { out_refund_no, amount, ...(refund_id !== undefined && { refund_id }) };
  switch (state) {
    case 'refused':
      return [];
    case 'waiting':
    case 'unknown':
    case 'not_enough':
      return [refund];
    case 'processing':
      return [{ ...refund, status: 'PROCESSING' }];
    case 'abnormal':
      return [{ ...refund, status: 'ABNORMAL' }];
    case 'success':
      return [{ ...refund, status: 'SUCCESS' }];
    case 'closed':
      return [{ ...refund, status: 'CLOSED' }];
  }
}
