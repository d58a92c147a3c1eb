/**
 * The fund-flow bill (资金账单) as a file: 11 columns and five totals by its page
 * (docs/wechatpay-facts.md#fund-flow-bill); byte order mark, line ends and backticks as in the trade bill.
 */
import type { BillSettings } from './bill-settings.ts';
import { escapedOnPayment, floatYuan, yuan } from './bill-text.ts';
import type { FundFlowEntry } from './fund-flow-entries.ts';
import { digitsOf } from './seeded.ts';

/** As it stands in the bill. */
export interface FundFlowRow extends FundFlowEntry {
  /** 账户结余 after it, in fen. */
  readonly balance: number;
}

export interface FundFlowLook extends Pick<BillSettings, 'summary' | 'fund_flow_layout'> {
  readonly mchid: string;
  /** A column that no document knows. */
  readonly unknownColumn?: string | undefined;
}

/** In the middle, so that whoever counts columns goes wrong. */
const UNKNOWN_AT = 5;

export function fundFlowFile(rows: readonly FundFlowRow[], look: FundFlowLook): Buffer {
  const { fund_flow_layout, unknownColumn, mchid } = look;
  const [open, close] = fund_flow_layout === 'full_width' ? ['（', '）'] : ['(', ')'];
  const unit = `${open}元${close}`;
  const header = [
    ...['记账时间', '微信支付业务单号', '资金流水单号', '业务名称', '业务类型', '收支类型'],
    ...[`收支金额${unit}`, `账户结余${unit}`, '资金变更提交申请人', '备注', '业务凭证号'],
  ];
  const lines = rows.map((row) => lineOf(withUnknown(cellsOf(row, mchid), unknownColumn && '0')));
  const text = [
    `\ufeff${withUnknown(header, unknownColumn).join(',')}`,
    ...lines,
    ...totalsOf(rows, look),
  ];
  return Buffer.from(`${text.join('\r\n')}\r\n`);
}

function totalsOf(rows: readonly FundFlowRow[], { summary }: FundFlowLook): string[] {
  const income = rows.filter(({ change }) => change > 0);
  const outlay = rows.filter(({ change }) => change < 0);
  const isFloat = summary === 'float';
  const counted = (some: readonly FundFlowRow[]) => `${some.length}${isFloat ? '.0' : ''}`;
  const summed = (some: readonly FundFlowRow[]) => {
    const fen = some.reduce((sum, { change }) => sum + Math.abs(change), 0);
    return isFloat ? floatYuan(fen) : yuan(fen);
  };
  return [
    '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
    lineOf([counted(rows), counted(income), summed(income), counted(outlay), summed(outlay)]),
  ];
}

function cellsOf(row: FundFlowRow, mchid: string): string[] {
  return [
    row.time,
    row.business_no,
    flowNumber(row, mchid),
    row.name,
    row.type,
    row.change > 0 ? '收入' : '支出',
    yuan(Math.abs(row.change)),
    yuan(row.balance),
    row.applicant,
    escapedOnPayment(row.remark),
    escapedOnPayment(row.voucher),
  ];
}

/** Always the same of one movement, and of no other: merchant, day and digits, as in the documents' sample. */
function flowNumber({ time, business_no, type }: FundFlowRow, mchid: string): string {
  const day = time.slice(0, 10).replaceAll('-', '');
  return `${mchid}${day}${digitsOf(`${business_no} ${type}`, 10)}`;
}

function withUnknown(cells: string[], unknown: string | undefined): string[] {
  return unknown === undefined ? cells : cells.toSpliced(UNKNOWN_AT, 0, unknown);
}

function lineOf(cells: string[]): string {
  return `\`${cells.join(',`')}`;
}
