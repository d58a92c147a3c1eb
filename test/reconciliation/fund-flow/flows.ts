/** The fund-flow bill of the same day as bills.ts, written by hand as the documents describe it. */
import { AUTH_ID, BILL_DATE, SHOP } from '../bills.ts';

const HEAD =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

export interface Movement {
  readonly id: string;
  readonly type: string;
  /** In fen; less than nothing left the account. */
  readonly fen: number;
  readonly time?: string;
  readonly voucher?: string;
}

const BACK = '5000070967202610010000000000';
export const REFUND = `${BACK}1`;
export const REVERSAL = `${BACK}2`;

/** Fees in rows of their own. */
export const MOVEMENTS: readonly Movement[] = [
  { id: AUTH_ID, type: '交易', fen: 800 },
  { id: AUTH_ID, type: '扣除交易手续费', fen: -5 },
  { id: SHOP, type: '交易', fen: 1_200 },
  { id: SHOP, type: '扣除交易手续费', fen: -7 },
  { id: REFUND, type: '退款', fen: -300 },
  { id: REFUND, type: '退还交易手续费', fen: 2 },
  { id: REVERSAL, type: '退款', fen: -1_200 },
  { id: REVERSAL, type: '退还交易手续费', fen: 7 },
];

export function flowOf(movements: readonly Movement[], head = HEAD): string[] {
  const income = movements.filter(({ fen }) => fen > 0);
  const outlay = movements.filter(({ fen }) => fen < 0);
  const sum = (some: readonly Movement[]) => yuan(some.reduce((all, { fen }) => all + fen, 0));
  const totals = [movements.length, income.length, sum(income), outlay.length, sum(outlay)];
  return [head, ...movements.map(lineOf), TOTALS, `\`${totals.join(',`')}`];
}

export const FULL_WIDTH = HEAD.replaceAll('(', '（').replaceAll(')', '）');

function lineOf({ id, type, fen, time = '12:00:00', voucher = 'V-1' }: Movement): string {
  const name = type.includes('退') ? '退款' : '交易';
  const direction = fen > 0 ? '收入' : '支出';
  const cells = [`${BILL_DATE} ${time}`, id, `19000001${id.slice(-8)}`, name, type, direction];
  return `\`${[...cells, yuan(fen), '100.00', 'system', '', voucher].join(',`')}`;
}

function yuan(fen: number): string {
  return (Math.abs(fen) / 100).toFixed(2);
}
