/** What was really executed on an order: appended to, never rewritten, and read by tests as the truth. */
import { rfc3339 } from '../beijing-time.ts';

/** WeChat Pay charged by itself, or the user paid on the order's page; the bill tells them apart by these words. */
export type Channel = 'AUTH' | 'JSAPI';

export interface LedgerEntry {
  readonly event:
    | 'created'
    | 'confirmed'
    | 'completed'
    | 'modified'
    | 'cancelled'
    | 'synced'
    | 'charge_failed'
    | 'charged'
    | 'expired'
    | 'refund_accepted'
    | 'refunded'
    | 'refund_abnormal'
    | 'refund_closed';
  /** Business time, RFC 3339. */
  readonly time: string;
  /** Real time, RFC 3339 in UTC. */
  readonly real_time: string;
  /** The call that did it, ending in 0 whatever was answered; `console` for what the merchant did without one; absent for what people and time do. */
  readonly request_id?: string;
  /** Fen that left the user's account by this entry. */
  readonly charged: number;
  /** Fen that came back to it; only of refunds, and 0 until one succeeds. */
  readonly refunded?: number;
  readonly out_refund_no?: string;
  /** Only of charges, failed ones too. */
  readonly channel?: Channel;
  /** Of the order, after this entry. */
  readonly total_amount: number;
}

export type Happening = Omit<LedgerEntry, 'time' | 'real_time'>;

export function ledgerEntry(happening: Happening, nowMs: number): LedgerEntry {
  return { ...happening, time: rfc3339(nowMs), real_time: new Date().toISOString() };
}
