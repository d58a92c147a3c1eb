/**
 * A line of a bill as a row. What proves the file must hold of every line: its day, its merchant, its money. What only our
 * own orders are held to is noted, because a bill has rows of all that a merchant does: of those its money must be right, and
 * what else is odd fails no day. No openid gets further than this.
 */
import { cellFault, cellOf, decimalIn, fenIn, idIn, textIn, type Cell } from './cell.ts';
import type { BillDate } from '../../payscore/times/bill-date.ts';
import { BillFault } from './fault.ts';
import type { Layout } from './layout.ts';
import { FEE_DECIMALS, type BillRow, type OddColumn } from './row.ts';
import type { BillType, Column } from './known-layouts.ts';
import { decimalOf } from './decimal.ts';

/** 交易状态 */
const KINDS: Record<BillType, ReadonlyMap<string, BillRow['kind']>> = {
  ALL: new Map([
    ['`SUCCESS', 'payment'],
    ['`REFUND', 'refund'],
    ['`REVOKED', 'reversal'],
  ]),
  SUCCESS: new Map([['`SUCCESS', 'payment']]),
  REFUND: new Map([
    ['`REFUND', 'refund'],
    ['`REVOKED', 'reversal'],
  ]),
};

const STATES: ReadonlySet<string> = new Set(['SUCCESS', 'REFUND', 'REVOKED']);
/** 特约商户号 of what a merchant orders for itself. */
const NOBODY: ReadonlySet<string> = new Set(['`0', '`']);

const TIME = /^\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

export interface BillOwner {
  readonly bill_type: BillType;
  readonly bill_date: BillDate;
  readonly mchid: string;
}

/** @returns a function that throws a BillFault for a line that is not a row of this merchant, day and type */
export function createRowReader(layout: Layout<Column>, { bill_type, ...owner }: BillOwner) {
  const cell = (column: Column) => cellOf(layout, column);
  const state = cell('交易状态');
  const [mchid, sub_mchid] = [cell('商户号'), cell('特约商户号')];
  const [time, currency] = [cell('交易时间'), cell('货币种类')];
  const [transaction_id, out_trade_no] = [cell('微信订单号'), cell('商户订单号')];
  const [trade_type, attach, fee] = [cell('交易类型'), cell('商户数据包'), cell('手续费')];
  const [refund_id, out_refund_no] = [cell('微信退款单号'), cell('商户退款单号')];
  const refund_status = cell('退款状态');
  const paid = amountsOf(cell('订单金额'), cell('应结订单金额'), cell('代金券金额'));
  const refunded = amountsOf(cell('申请退款金额'), cell('退款金额'), cell('充值券退款金额'));
  const kinds = KINDS[bill_type];
  const ownMchid = `\`${owner.mchid}`;
  const strict: Reading = {
    ...{ text: textIn, id: idIn },
    time: (its, line) => timeIn(its, time, owner.bill_date, line),
    fee: (its, line) => decimalIn(its, fee, FEE_DECIMALS, line),
  };
  const lenient: Reading = {
    text: writtenIn,
    id: (its, it) => (/^\d{1,32}$/.test(writtenIn(its, it)) ? writtenIn(its, it) : ''),
    time: (its) => writtenIn(its, time),
    fee: (its) => decimalOf(writtenIn(its, fee), FEE_DECIMALS) ?? 0,
  };

  return (cells: readonly string[], line: number): BillRow => {
    try {
      return rowOf(cells, line, strict);
    } catch (error) {
      if (!(error instanceof BillFault) || !isOfOtherBusiness(cells)) throw error;
      // Its money is read as strictly as anybody's, and what else is wrong with it is noted.
      const odd = layout.columns.find((column) => layout.textOf(column) === error.fact.column);
      return { ...rowOf(cells, line, lenient), ...(odd !== undefined && { odd }) };
    }
  };

  /** What no order here can be: not charged by pay score itself, and named by no packet of WeChat's. */
  function isOfOtherBusiness(cells: readonly string[]): boolean {
    const isNamed = cells[attach.at]?.startsWith('`wxzff|') ?? false;
    return !isNamed && cells[trade_type.at] !== '`AUTH';
  }

  function rowOf(cells: readonly string[], line: number, read: Reading): BillRow {
    if (cells.length !== layout.columns.length) {
      const width = { of: 'row', found: cells.length, expected: layout.columns.length } as const;
      throw new BillFault('cell', { code: 'width', ...width }, { line });
    }
    // As they stand, with their backticks: nearly every row has the same.
    const known = kinds.get(cells[state.at] ?? '');
    const kind = known ?? kindOfUnknown(cells, line);
    const odd = strangenessOf(cells, line) ?? (known ? undefined : '交易状态');

    if (kind === 'payment') {
      if (bill_type !== 'SUCCESS') expectNothingIn(cells, refunded, line);
      return withOddity(entryOf(cells, line, { kind, amounts: paid, read }), odd);
    }
    expectNothingIn(cells, paid, line);
    const refund = {
      ...entryOf(cells, line, { kind, amounts: refunded, read }),
      refund_id: read.id(cells, refund_id, line),
      out_refund_no: read.text(cells, out_refund_no, line),
      refund_status: read.text(cells, refund_status, line),
    };
    return withOddity(refund, odd);
  }

  /** A state that nobody knows yet: whether money came or went, its amounts say. */
  function kindOfUnknown(cells: readonly string[], line: number): 'payment' | 'refund' {
    if (STATES.has(textIn(cells, state, line))) {
      throw cellFault({ code: 'unknown_state' }, state, line);
    }
    if (bill_type !== 'ALL') return bill_type === 'SUCCESS' ? 'payment' : 'refund';
    return fenIn(cells, refunded.amount, line) > 0 ? 'refund' : 'payment';
  }

  /** Of another's order, or of no money of pay score's. A provider orders for a merchant, and both have the row. */
  function strangenessOf(cells: readonly string[], line: number): OddColumn | undefined {
    if (cells[mchid.at] !== ownMchid) {
      textIn(cells, mchid, line);
      if (cells[sub_mchid.at] === ownMchid) return '商户号';
      throw cellFault({ code: 'other_merchant' }, mchid, line, 'merchant');
    }
    const sub = cells[sub_mchid.at] ?? '';
    if (!NOBODY.has(sub) && sub !== ownMchid) {
      textIn(cells, sub_mchid, line);
      return '特约商户号';
    }
    if (cells[currency.at] === '`CNY') return undefined;
    textIn(cells, currency, line);
    return '货币种类';
  }

  function entryOf<Kind extends BillRow['kind']>(
    cells: readonly string[],
    line: number,
    { kind, amounts, read }: { kind: Kind; amounts: Amounts; read: Reading },
  ) {
    return {
      line,
      kind,
      time: read.time(cells, line),
      transaction_id: read.id(cells, transaction_id, line),
      out_trade_no: read.text(cells, out_trade_no, line),
      trade_type: read.text(cells, trade_type, line),
      attach: read.text(cells, attach, line),
      amount: fenIn(cells, amounts.amount, line),
      settlement_amount: fenIn(cells, amounts.settlement, line),
      coupon_amount: fenIn(cells, amounts.coupon, line),
      fee: read.fee(cells, line),
    };
  }
}

/** What besides money is read of a line. */
interface Reading {
  text(cells: readonly string[], cell: Cell, line: number): string;
  id(cells: readonly string[], cell: Cell, line: number): string;
  time(cells: readonly string[], line: number): string;
  /** In 0.00001 yuan. */
  fee(cells: readonly string[], line: number): number;
}

function writtenIn(cells: readonly string[], { at }: Cell): string {
  return (cells[at] ?? '').replace(/^`/, '');
}

/** A copy of the few rows that need one. */
function withOddity<Row extends BillRow>(row: Row, strange: OddColumn | undefined): Row {
  const odd = strange ?? (row.transaction_id === '' ? '微信订单号' : undefined);
  return odd === undefined ? row : { ...row, odd };
}

interface Amounts {
  readonly amount: Cell;
  readonly settlement: Cell;
  readonly coupon: Cell;
}

function amountsOf(amount: Cell, settlement: Cell, coupon: Cell): Amounts {
  return { amount, settlement, coupon };
}

/** A payment with a refunded amount, or a refund with a paid one, says two things. */
function expectNothingIn(cells: readonly string[], amounts: Amounts, line: number): void {
  expectNothing(cells, amounts.amount, line);
  expectNothing(cells, amounts.settlement, line);
  expectNothing(cells, amounts.coupon, line);
}

function expectNothing(cells: readonly string[], cell: Cell, line: number): void {
  if (cells[cell.at] === '`0.00') return; // nearly always
  if (fenIn(cells, cell, line) !== 0) throw cellFault({ code: 'not_of_row' }, cell, line);
}

function timeIn(cells: readonly string[], cell: Cell, bill_date: BillDate, line: number): string {
  const time = textIn(cells, cell, line);
  if (!TIME.test(time)) throw cellFault({ code: 'no_time' }, cell, line);
  if (!time.startsWith(bill_date))
    throw cellFault({ code: 'not_on', bill_date }, cell, line, 'day');
  return time;
}
