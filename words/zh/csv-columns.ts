/** What stands above the columns of a CSV for a spreadsheet. */
import type { Words } from '../en.ts';
import type { CsvColumn } from '../../reconciliation/report/csv-columns.ts';

const HEADINGS: Readonly<Record<CsvColumn, string>> = {
  bill_date: '账单日期',
  kind: '类型',
  healed: '已自动修复',
  out_order_no: '商户服务订单号',
  transaction_id: '微信订单号',
  bill_amount: '账单金额（分）',
  order_amount: '订单金额（分）',
  account_amount: '资金账单金额（分）',
  owed_amount: '所欠金额（分）',
  coupon_amount: '代金券金额（分）',
  time: '时间',
  line: '账单行号',
  column: '账单列',
  refund_id: '微信退款单号',
  refund_status: '退款状态',
  phase: '订单阶段',
  cause: '原因',
  action: '处理办法',
  id: '差异编号',
  standing: '处理情况',
  acknowledged_by: '确认人',
  acknowledged_at: '确认时间',
  acknowledged_because: '确认理由',
  service_id: '服务ID',
  about: '分类',
  what: '项目',
  count: '笔数',
  yuan: '金额（元）',
  since: '发生时间',
  age_days: '账龄（天）',
  by: '提出方',
};

export const column: Words['reconciliation']['column'] = (name) => HEADINGS[name];
