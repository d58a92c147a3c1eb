/** What fields of answers have in common: money in fen, times as RFC 3339 in Beijing time, days. */
import { z } from 'zod';
import { rfc3339Of } from '../payscore/times/beijing-time.ts';

/** @param what it is, as a sentence */
export const fen = (what: string) => z.int().meta({ description: `${what} In fen (分).` });

export const count = (what: string) => z.int().min(0).meta({ description: what });

/** @param what it is, as a sentence */
export const time = (what: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
    .meta({
      description: `${what} RFC 3339, Beijing time.`,
      format: 'date-time',
      example: '2026-11-28T20:00:05+08:00',
    });

/** A day of the calendar in Beijing. */
export const day = (what: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .meta({ description: `${what} \`yyyy-MM-dd\`, in Beijing.`, example: '2026-11-28' });

export const OrderNumber = z
  .string()
  .meta({ description: 'Your number of the order.', example: 'R20261128' });

export const TransactionNumber = z.string().meta({
  description: 'WeChat Pay’s number of the payment (微信支付订单号), by which it is refunded.',
  example: '4200002026112800000001',
});

/** The name of an API key. */
export const KeyName = z.string().meta({
  description: 'The name of the API key by which it was asked for; absent where none was needed.',
  example: 'shop',
});

/**
 * An instant as it is kept, in whatever zone, as answers tell it. What a person wrote by hand and is no time is told as it is.
 */
export function inBeijing(kept: string): string {
  const instant = Date.parse(kept);
  // Beyond the calendar's end there is no Beijing time.
  return Math.abs(instant) < LAST_MS ? rfc3339Of(new Date(instant)) : kept;
}

const LAST_MS = Date.UTC(9999, 11, 31);
