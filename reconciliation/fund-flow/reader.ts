/** A day's fund-flow bill, from bytes to proven movements of the merchant's account. */
import type { Readable } from 'node:stream';
import { cellFault, cellOf, decimalIn, fenIn, idIn, textIn, type Cell } from '../bill/cell.ts';
import { decimalText } from '../bill/decimal.ts';
import { BillFault } from '../bill/fault.ts';
import type { Layout } from '../bill/layout.ts';
import { isRow, readLines, type LineTaker } from '../bill/lines.ts';
import { add, nothing, type Count } from '../matching/count.ts';
import { flowLayoutOf, flowTotalsLayoutOf, type FlowTotal } from './layout.ts';

/** A movement. It holds no openid: such bills have none. */
export interface FlowRow {
  /** In the file, from 1. */
  readonly line: number;
  /** When the account changed, in Beijing: `yyyy-MM-dd HH:mm:ss`. */
  readonly time: string;
  /** 微信支付业务单号: of the payment, or of the refund; empty where it has none. */
  readonly business_no: string;
  /** 业务类型: 交易, 扣除交易手续费, 退款, 退款关闭, 退还交易手续费, and what the merchant does besides, such as 提现. */
  readonly type: string;
  /** In fen; less than nothing where money left the account (支出). */
  readonly change: number;
  /** 业务凭证号: the merchant's number, as the bill escapes it. */
  readonly voucher: string;
}

export interface FlowTotals {
  readonly income: Count;
  /** As amounts above nothing. */
  readonly outlay: Count;
}

export interface ReadFlow {
  /** `yyyy-MM-dd`, the day in Beijing. */
  readonly bill_date: string;
  onRow(row: FlowRow): void;
}

/**
 * No row may be believed before the promise is kept: only then is the bill known to be whole, of this day, and to add up to its
 * own totals. The bytes' hash is for whoever brings them.
 *
 * @throws {BillFault} it is not such a bill
 */
export async function readFlow(bytes: Readable, flow: ReadFlow): Promise<FlowTotals> {
  return await readLines(bytes, createLineTaker(flow));
}

function createLineTaker({ bill_date, onRow }: ReadFlow): LineTaker<FlowTotals> {
  const totals = { income: nothing(), outlay: nothing() };
  let line = 0;
  let rowOf: ReturnType<typeof createRowReader> | undefined;
  let summary: Layout<FlowTotal> | undefined;
  let isProven = false;
  return {
    take(cells) {
      line += 1;
      if (!rowOf) {
        rowOf = createRowReader(cells, bill_date);
      } else if (isProven) {
        throw new BillFault('surplus', { code: 'after_totals' }, { line });
      } else if (summary) {
        prove(totals, cells, summary, line);
        isProven = true;
      } else if (isRow(cells)) {
        const row = rowOf(cells, line);
        add(row.change < 0 ? totals.outlay : totals.income, Math.abs(row.change));
        onRow(row);
      } else {
        summary = flowTotalsLayoutOf(cells, line);
      }
    },
    end() {
      if (!isProven) {
        const code = line === 0 ? 'empty' : 'without_totals';
        throw new BillFault('cut', { code }, { line: summary ? line : line + 1 });
      }
      return totals;
    },
  };
}

function createRowReader(header: readonly string[], bill_date: string) {
  const layout = flowLayoutOf(header);
  const [time, business_no, type] = [
    cellOf(layout, '记账时间'),
    cellOf(layout, '微信支付业务单号'),
    cellOf(layout, '业务类型'),
  ];
  const [direction, amount] = [cellOf(layout, '收支类型'), cellOf(layout, '收支金额')];
  const voucher = cellOf(layout, '业务凭证号');
  return (cells: readonly string[], line: number): FlowRow => {
    if (cells.length !== layout.columns.length) {
      const width = {
        of: 'movement',
        found: cells.length,
        expected: layout.columns.length,
      } as const;
      throw new BillFault('cell', { code: 'width', ...width }, { line });
    }
    const booked = textIn(cells, time, line);
    if (!booked.startsWith(`${bill_date} `)) {
      throw cellFault({ code: 'not_on', bill_date }, time, line, 'day');
    }
    const fen = fenIn(cells, amount, line);
    return {
      ...{ line, time: booked, business_no: idIn(cells, business_no, line) },
      ...{ type: textIn(cells, type, line), voucher: textIn(cells, voucher, line) },
      change: isOutlay(cells, direction, line) ? 0 - fen : fen,
    };
  };
}

function isOutlay(cells: readonly string[], cell: Cell, line: number): boolean {
  const text = textIn(cells, cell, line);
  if (text !== '收入' && text !== '支出') throw cellFault({ code: 'no_direction' }, cell, line);
  return text === '支出';
}

/** @throws {BillFault} the rows add up to something else than the bill's last line says */
function prove(
  { income, outlay }: FlowTotals,
  cells: readonly string[],
  layout: Layout<FlowTotal>,
  line: number,
): void {
  const own: readonly (readonly [FlowTotal, decimals: number, units: number])[] = [
    ['资金流水总笔数', 0, income.count + outlay.count],
    ['收入笔数', 0, income.count],
    ['收入金额', 2, income.amount],
    ['支出笔数', 0, outlay.count],
    ['支出金额', 2, outlay.amount],
  ];
  for (const [column, decimals, units] of own) {
    const cell = cellOf(layout, column);
    const stated = decimalIn(cells, cell, decimals, line);
    if (stated === units) continue;
    const [told, made] = [decimalText(stated, decimals), decimalText(units, decimals)];
    throw cellFault({ code: 'off', stated: told, made }, cell, line, 'totals');
  }
}
