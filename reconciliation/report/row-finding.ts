/** Findings about a row of the bill and the order that it is of. */
import { rfc3339In, type BillRow } from '../bill/row.ts';
import type { Finding, FindingKind } from './finding.ts';
import type { Charge, OurOrder } from '../matching/order-source.ts';

type Healable = Extract<Finding, { healed: true }>['kind'];

export function open(kind: FindingKind, row: BillRow, order: OurOrder): Finding {
  return { kind, healed: false, ...factsOf(row, order) };
}

export function healed(kind: Healable, row: BillRow, order: OurOrder): Finding {
  return { kind, healed: true, ...factsOf(row, order) };
}

/** A payment of which so much must still be paid back. */
export function due(row: BillRow, order: OurOrder, owed_amount: number): Finding {
  return { kind: 'refund_due', healed: false, ...factsOf(row, order), owed_amount };
}

/** A charge of ours that no bill has in which it could stand. */
export function missingOf(out_order_no: string, { transaction_id, amount }: Charge): Finding {
  return {
    ...{ kind: 'not_in_bill', healed: false, out_order_no, transaction_id },
    ...{ order_amount: amount, phase: 'paid' },
  };
}

export function chargeOf({ charges }: OurOrder, row: BillRow): Charge | undefined {
  return charges.find(({ transaction_id }) => transaction_id === row.transaction_id);
}

function factsOf(row: BillRow, order: OurOrder) {
  const charge = chargeOf(order, row);
  return {
    out_order_no: order.out_order_no,
    transaction_id: row.transaction_id,
    bill_amount: row.amount,
    ...(charge && { order_amount: charge.amount }),
    time: rfc3339In(row.time),
    line: row.line,
    ...(row.odd !== undefined && { column: row.odd }),
    ...(row.kind !== 'payment' && { refund_id: row.refund_id, refund_status: row.refund_status }),
    phase: order.phase,
    ...(order.shortfall !== undefined && { owed_amount: order.shortfall }),
  };
}
