/** The columns of what is given to a spreadsheet, by the names that files keep. */

export const FINDING_COLUMNS = [
  ...['bill_date', 'kind', 'healed', 'out_order_no', 'transaction_id', 'bill_amount'],
  ...['order_amount', 'time', 'line', 'column', 'refund_id', 'refund_status', 'phase'],
  ...['cause', 'action', 'id', 'owed_amount', 'standing'],
  ...['acknowledged_by', 'acknowledged_at', 'acknowledged_because', 'account_amount'],
] as const;

export const MATCH_COLUMNS = [
  ...['line', 'kind', 'time', 'transaction_id', 'refund_id', 'out_order_no', 'service_id'],
  ...['bill_amount', 'order_amount', 'coupon_amount'],
] as const;

export const MONTH_COLUMNS = [
  ...['about', 'bill_date', 'service_id', 'what', 'out_order_no', 'transaction_id'],
  ...['count', 'yuan', 'since', 'age_days', 'by'],
] as const;

export type CsvColumn =
  | (typeof FINDING_COLUMNS)[number]
  | (typeof MATCH_COLUMNS)[number]
  | (typeof MONTH_COLUMNS)[number];
