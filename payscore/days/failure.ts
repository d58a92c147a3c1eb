/** Why a day could not be reconciled, as a code with its values: words are found where it is shown (`words/`). */
import type { BillFaultFact } from './bill-fault.ts';

/**
 * - `BillNotReady`: WeChat is still making the bill
 * - `BillUnproven`: its bytes are not those that were announced
 * - `BillFault`: its content is not what it should be; trying again would read the same
 * - `NotCovered`: orders of that day are no longer kept
 * - `DiskFull`, `DiskFailed`: the folder of reports takes no more
 * - `OrderSilent`: one order does not answer
 * - `OrdersUnavailable`: Temporal did not say which orders there are
 * - `Cancelled`: somebody called it off
 */
export type DayFailure =
  | { readonly type: 'BillNotReady'; readonly request_id: string; readonly again: string }
  | { readonly type: 'BillUnproven' }
  | { readonly type: 'BillFault'; readonly fault: BillFaultFact }
  | { readonly type: 'NotCovered'; readonly days: number }
  /** `error`: the system's code. */
  | { readonly type: 'DiskFull'; readonly error: string }
  | { readonly type: 'DiskFailed'; readonly error: string }
  /** `because`: in the words of Temporal or WeChat Pay. */
  | { readonly type: 'OrderSilent'; readonly out_order_no: string; readonly because: string }
  | { readonly type: 'OrdersUnavailable'; readonly because: string }
  | { readonly type: 'Cancelled' };
export type DayFailureOf<Type extends DayFailure['type']> = Extract<DayFailure, { type: Type }>;

/** What each has beside its type. */
const VALUES: {
  readonly [Type in DayFailure['type']]: readonly Exclude<keyof DayFailureOf<Type>, 'type'>[];
} = {
  BillNotReady: ['request_id', 'again'],
  BillUnproven: [],
  BillFault: ['fault'],
  NotCovered: ['days'],
  DiskFull: ['error'],
  DiskFailed: ['error'],
  OrderSilent: ['out_order_no', 'because'],
  OrdersUnavailable: ['because'],
  Cancelled: [],
};

/** What a failure carries, where it is one of these: others have WeChat Pay's refusal, or nothing; so have those of before, or of a later release. */
export function isDayFailure(detail: unknown): detail is DayFailure {
  if (typeof detail !== 'object' || detail === null || !('type' in detail)) return false;
  const { type } = detail;
  if (typeof type !== 'string' || !Object.hasOwn(VALUES, type)) return false;
  return VALUES[type as DayFailure['type']].every((value) => value in detail);
}
