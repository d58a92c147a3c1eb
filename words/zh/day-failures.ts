/** Why a day could not be reconciled, for operators. */
import type { Words } from '../en.ts';
import { billFault } from './bill-faults.ts';
import type { DayFailure, DayFailureOf } from '../../payscore/days/failure.ts';
import { dayFailureIn } from '../day-failure-in.ts';

/** As in `30m`. */
const UNITS: Readonly<Record<string, string>> = { s: '秒', m: '分钟', h: '小时' };

const WORDS: { readonly [Type in DayFailure['type']]: (it: DayFailureOf<Type>) => string } = {
  BillNotReady: ({ request_id, again }) =>
    `微信支付正在生成账单（Request-ID ${request_id}）；${inWords(again)}后再查`,
  BillUnproven: () => '账单的 SHA-1 与公布的不一致',
  BillFault: ({ fault }) => `账单不可信：${billFault(fault)}`,
  NotCovered: ({ days }) =>
    `已结束的订单只保留 ${days} 天（TEMPORAL_RETENTION_DAYS），当日的订单已不在`,
  DiskFull: ({ error }) => `存放报告的磁盘已满（${error}）：腾出空间后会自动继续`,
  DiskFailed: ({ error }) => `存放报告的目录（REPORT_FOLDER）无法使用：${error}`,
  OrderSilent: ({ out_order_no, because }) =>
    `订单 ${out_order_no} 无法查询（${because}）：请查看其 Run；三次尝试之后，当日报告不含它`,
  OrdersUnavailable: ({ because }) => `Temporal 没有返回订单：${because}`,
  Cancelled: () => '已被人取消',
};

export const failure: Words['reconciliation']['failure'] = dayFailureIn(WORDS);

function inWords(duration: string): string {
  return duration.replace(/[smh]$/, (unit) => ` ${UNITS[unit]}`);
}
