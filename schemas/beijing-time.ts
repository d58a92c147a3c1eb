/** WeChat's order times: local time in Beijing without a zone, to the second or to the day. */
import { z } from 'zod';

const FORM = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/;
const RULE = 'must be yyyyMMddHHmmss or yyyyMMdd in Beijing time, and exist';

/** `yyyyMMddHHmmss` or `yyyyMMdd`, a time that the calendar has. */
export const BeijingTime = z
  .string()
  .regex(FORM, RULE)
  // What is of another form has been told so already.
  .refine((text) => !FORM.test(text) || isCalendarTime(text), RULE)
  .meta({
    description: '`yyyyMMddHHmmss` or `yyyyMMdd`, in Beijing time.',
    example: '20261128200000',
  });

function isCalendarTime(text: string): boolean {
  const [, ...parts] = FORM.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  // A 30th of February rolls over to March, and reads differently afterwards.
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return year > 2000 && date.toISOString().replace(/\D/g, '').startsWith(text);
}
