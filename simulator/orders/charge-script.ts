/** What WeChat Pay's attempts to charge an order come to, as it was said beforehand, and how far they are. */
import * as z from 'zod';

export const ChargeScript = z
  .strictObject({
    /** How many attempts fail before one succeeds; `always`: the user never pays. */
    failures: z.union([z.int().min(0).max(1000), z.literal('always')]),
    /** Business seconds from one attempt to the next; the first begins as long after the completion. */
    interval_seconds: z.int().min(1).max(31_536_000).default(3600),
    /** Business seconds that an attempt takes; cancel, modify and sync are refused meanwhile. */
    charging_seconds: z.int().min(0).max(31_536_000).default(0),
  })
  .refine((script) => script.charging_seconds < script.interval_seconds, {
    path: ['charging_seconds'],
    error: 'an attempt ends before the next one begins',
  });
export type ChargeScript = z.infer<typeof ChargeScript>;

export interface Charging {
  readonly script?: ChargeScript;
  /** When the script was written: attempts are counted from there, if that is after the completion. */
  readonly since_ms: number;
  /** How many attempts of the script have been made. */
  readonly made: number;
  /** How many attempts have failed as the script says, those asked for by the pay call included. */
  readonly failed: number;
  /** Until then an attempt is under way because somebody said so. */
  readonly open_until_ms?: number;
  /** What is answered meanwhile; absent for the usual. */
  readonly open_refusal?: ChargingRefusal;
}

/** While an attempt is under way; or when its outcome is not known (收款结果不明). */
export const ChargingRefusal = z.enum(['chargeUnderWay', 'collectionUnclear']);
export type ChargingRefusal = z.infer<typeof ChargingRefusal>;
