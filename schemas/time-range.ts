/** Rules that the start and the end of a service share, whoever states them. */
import type { z } from 'zod';

interface Times {
  readonly start_time?: string | undefined;
  readonly end_time?: string | undefined;
  readonly start_time_remark?: string | undefined;
  readonly end_time_remark?: string | undefined;
}

/** One precision, in order, and no remark on a time that is not there (创建, 完结支付分订单: `time_range`). */
export function checkTimes(times: Times, context: z.RefinementCtx): void {
  const { start_time, end_time } = times;
  const fault = (field: keyof Times, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  for (const field of ['start_time', 'end_time'] as const) {
    if (times[`${field}_remark`] !== undefined && times[field] === undefined) {
      fault(`${field}_remark`, `needs ${field}`);
    }
  }
  if (start_time === undefined || end_time === undefined) return;
  const precision = start_time === 'OnAccept' ? 14 : start_time.length;
  if (end_time.length !== precision) {
    fault('end_time', 'must have the precision of start_time');
  } else if (start_time !== 'OnAccept' && !areInOrder(start_time, end_time)) {
    fault('end_time', 'must be later than start_time');
  }
}

/** Times of one precision compare as text. A service of whole days may end on the day it starts. */
function areInOrder(start: string, end: string): boolean {
  return start.length === 8 ? start <= end : start < end;
}
