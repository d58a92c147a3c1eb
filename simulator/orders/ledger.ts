/** What was really executed on an order: appended to, never rewritten, and read by tests as the truth. */
import { rfc3339 } from '../beijing-time.ts';

export interface LedgerEntry {
  readonly event: 'created' | 'completed' | 'charged';
  /** Business time, RFC 3339. */
  readonly time: string;
  /** The call that did it, ending in 0 whatever was answered; absent for what people do in WeChat. */
  readonly request_id?: string;
  /** Fen that left the user's account by this entry. */
  readonly charged: number;
  readonly total_amount: number;
}

export function ledgerEntry(entry: Omit<LedgerEntry, 'time'>, nowMs: number): LedgerEntry {
  return { ...entry, time: rfc3339(nowMs) };
}
