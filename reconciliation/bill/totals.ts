/** What the rows of a bill add up to, and whether its last line says the same. */
import { cellFault, cellOf, decimalIn } from './cell.ts';
import { BillFault } from './fault.ts';
import type { Layout } from './layout.ts';
import type { SummaryColumn } from './known-layouts.ts';
import { FEE_DECIMALS, type BillRow } from './row.ts';
import { decimalText } from './decimal.ts';

/** Amounts in fen. */
export interface BillTotals {
  readonly payments: number;
  /** Without reversals. */
  readonly refunds: number;
  readonly reversals: number;
  /** Of payments: 订单总金额, 应结订单总金额. */
  readonly amount: number;
  readonly settlement_amount: number;
  /** Of refunds and reversals: 申请退款总金额, 退款总金额, 充值券退款总金额. */
  readonly refund_amount: number;
  readonly refund_settlement_amount: number;
  readonly refund_coupon_amount: number;
  /** Of all rows, in 0.00001 yuan. */
  readonly fee: number;
  /** So many fen of fees more than the rows make, or less: the last line says; absent where both say the same. */
  readonly fee_off?: number;
}

export type Counted = { -readonly [Name in keyof BillTotals]: BillTotals[Name] };

export function nothingCounted(): Counted {
  return {
    ...{ payments: 0, refunds: 0, reversals: 0, amount: 0, settlement_amount: 0 },
    ...{ refund_amount: 0, refund_settlement_amount: 0, refund_coupon_amount: 0, fee: 0 },
  };
}

export function count(counted: Counted, row: BillRow): void {
  counted.fee += row.fee;
  if (row.kind === 'payment') {
    counted.payments += 1;
    counted.amount += row.amount;
    counted.settlement_amount += row.settlement_amount;
  } else {
    counted[row.kind === 'refund' ? 'refunds' : 'reversals'] += 1;
    counted.refund_amount += row.amount;
    counted.refund_settlement_amount += row.settlement_amount;
    counted.refund_coupon_amount += row.coupon_amount;
  }
}

interface Total {
  readonly decimals: number;
  /** To so many decimals both sides are rounded before they are compared. */
  readonly comparedTo: number;
  /** By so many units of what is compared both sides may differ. */
  readonly tolerance: number;
  of(totals: BillTotals): number;
}

const fen = (of: Total['of']): Total => ({ decimals: 2, comparedTo: 2, tolerance: 0, of });

const TOTALS: Record<SummaryColumn, Total> = {
  // Of rows: a payment and its refund on one day are two.
  总交易单数: {
    decimals: 0,
    comparedTo: 0,
    tolerance: 0,
    of: ({ payments, refunds, reversals }) => payments + refunds + reversals,
  },
  应结订单总金额: fen((totals) => totals.settlement_amount),
  退款总金额: fen((totals) => totals.refund_settlement_amount),
  充值券退款总金额: fen((totals) => totals.refund_coupon_amount),
  // Rows have five decimals, their total is documented with two, and bills were seen whose total is off: what is settled does
  // not hang on it, so that it is told, and the day goes on.
  手续费总金额: {
    ...{ decimals: FEE_DECIMALS, comparedTo: 2, tolerance: Infinity },
    of: (totals) => totals.fee,
  },
  订单总金额: fen((totals) => totals.amount),
  申请退款总金额: fen((totals) => totals.refund_amount),
};

/**
 * @returns the totals, with what their fees are off
 * @throws {BillFault} the rows add up to something else than the bill's last line says
 */
export function provenTotals(
  totals: BillTotals,
  summary: { cells: readonly string[]; layout: Layout<SummaryColumn>; line: number },
): BillTotals {
  const { cells, layout, line } = summary;
  if (cells.length !== layout.columns.length) {
    const width = { of: 'totals', found: cells.length, expected: layout.columns.length } as const;
    throw new BillFault('cell', { code: 'width', ...width }, { line });
  }
  let fee_off = 0;
  for (const column of layout.columns) {
    const { decimals, comparedTo, tolerance, of } = TOTALS[column];
    const cell = cellOf(layout, column);
    const stated = rounded(decimalIn(cells, cell, decimals, line), decimals - comparedTo);
    const added = rounded(of(totals), decimals - comparedTo);
    // What is stated is a safe integer: a sum that has grown beyond them is not equal to it.
    if (stated === added) continue;
    if (Math.abs(stated - added) <= tolerance) {
      fee_off = stated - added;
      continue;
    }
    const [told, made] = [decimalText(stated, comparedTo), decimalText(added, comparedTo)];
    throw cellFault({ code: 'off', stated: told, made }, cell, line, 'totals');
  }
  return fee_off === 0 ? totals : { ...totals, fee_off };
}

/** Half away from zero, as bills are rounded; with whole numbers only. */
function rounded(units: number, decimals: number): number {
  const unit = 10 ** decimals;
  const rest = Math.abs(units) % unit;
  const whole = (Math.abs(units) - rest) / unit + (rest * 2 >= unit ? 1 : 0);
  return units < 0 ? 0 - whole : whole;
}
