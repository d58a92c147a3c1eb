/** What becomes of refunds, as it was said beforehand: of one, of an order's, or of all of a service. */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import type { RefusalName } from '../transport/refusals.ts';

/** Why WeChat Pay takes no refund, whatever the merchant asks for. */
export const REFUSED = {
  account_abnormal: 'refundAccountAbnormal',
  no_auth: 'refundForbidden',
} as const satisfies Record<string, RefusalName>;
export type Refused = keyof typeof REFUSED;
export const Refused = z.enum(Object.keys(REFUSED) as [Refused, ...Refused[]]);

export const RefundScript = z.strictObject({
  /** PROCESSING: it stays so. */
  becomes: z.enum(['SUCCESS', 'ABNORMAL', 'CLOSED', 'PROCESSING']).optional(),
  /** Business seconds from the acceptance; 0: the answer shows it already. */
  delay_seconds: z.number().min(0).max(31_536_000).optional(),
  /** No refund is accepted. */
  refused: Refused.optional(),
  channel: z.enum(['ORIGINAL', 'BALANCE']).optional(),
  user_received_account: z.string().min(1).max(64).optional(),
});
export type RefundScript = z.infer<typeof RefundScript>;

/** The service's is the default, the order's goes before it, and the refund's before both. */
export interface Scripted {
  readonly service_id?: string | undefined;
  readonly out_order_no?: string | undefined;
  readonly out_refund_no?: string | undefined;
}

export interface RefundScripts {
  /** In place of any before; `{}` for none. */
  set(whose: Scripted, script: RefundScript): void;
  /** Field by field, the nearest that says something. */
  for(whose: Scripted): RefundScript;
}

const KEYS = ['service_id', 'out_order_no', 'out_refund_no'] as const;

export function createRefundScripts(kept: Collection<RefundScript>): RefundScripts {
  const keysOf = (whose: Scripted) =>
    KEYS.filter((key) => whose[key] !== undefined).map((key) => `${key} ${whose[key]}`);

  return {
    set(whose, script) {
      for (const key of keysOf(whose)) kept.put(key, script);
    },
    for(whose) {
      const said = keysOf(whose).flatMap((key) => Object.entries(kept.get(key) ?? {}));
      return Object.fromEntries(said.filter(([, value]) => value !== undefined));
    },
  };
}
