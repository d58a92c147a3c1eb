/** Why a day is not reconciled, or not told. */
import type { Words } from '../../en.ts';

const billDate: Words['problems']['reconciliations']['billDate'] = {
  not_a_day: () => '须为日历上存在的日期，yyyy-MM-dd',
  not_over: () => '须早于北京时间的今天：微信支付次日才生成当日账单',
  too_old: (oldest) => `不能早于 ${oldest}：微信支付只保留三个月`,
};

export const reconciliations: Words['problems']['reconciliations'] = {
  billDate,
  unknown: (bill_date) => `此处没有 ${bill_date} 的对账。POST /v1/reconciliations 可发起。`,
  noReportYet: (state) => `对账状态为 ${state}：尚无报告。`,
  notInFolder: '报告不在 API 的 REPORT_FOLDER 中；它须与各 Worker 写入的是同一文件夹。',
  folderUnreadable: (code) => `报告文件夹（REPORT_FOLDER）无法读取：${code}。`,
  needsNobody: (standing) => `该差异为 ${standing}：无需确认。`,
  noSuchFinding: (bill_date) =>
    `${bill_date} 的最新报告中没有此差异。编号见 GET /v1/reconciliations/${bill_date}/findings.csv。`,
  noSchedule: '请带上微信支付的环境变量运行 `migrate`。',
  endedFromOutside: '被外部终止。',
};
