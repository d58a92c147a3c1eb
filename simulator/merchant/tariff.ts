/** What the merchant of the page lends, and what it takes for it. */

export const PRODUCT = {
  service_introduction: '充电宝租借',
  /** As the user reads it. */
  rule: '3元/小时，不足1小时按1小时计',
  start_location: '科技园A座',
  end_location: '海滨广场B座',
  risk_amount: 9900,
} as const;

const FEN_PER_HOUR = 300;
const HOUR_MS = 3_600_000;

/** Of every hour that has begun; never more than what was announced as the risk. */
export function feeOf(startMs: number, endMs: number): { hours: number; amount: number } {
  const hours = Math.max(1, Math.ceil((endMs - startMs) / HOUR_MS));
  return { hours, amount: Math.min(hours * FEN_PER_HOUR, PRODUCT.risk_amount) };
}
