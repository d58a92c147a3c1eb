/** A service order as WeChat Pay keeps it. Never changed in place: every step makes a new snapshot. */
import type { Collection } from '../journal.ts';
import type { CreateFields } from './create-fields.ts';
import type { LedgerEntry } from './ledger.ts';

export interface CollectionDetail {
  readonly seq: number;
  readonly amount: number;
  readonly paid_type: 'NEWTON';
  /** `yyyyMMddHHmmss` */
  readonly paid_time: string;
  readonly transaction_id: string;
  readonly bank_type: string;
}

export interface OrderCollection {
  readonly state: 'USER_PAYING' | 'USER_PAID';
  readonly total_amount: number;
  readonly paying_amount: number;
  readonly paid_amount: number;
  readonly details: readonly CollectionDetail[];
}

type Echoed = Omit<CreateFields, 'need_user_confirm' | 'device' | 'time_range'>;

export interface Order extends Echoed {
  readonly mchid: string;
  readonly order_id: string;
  readonly state: 'DOING' | 'DONE';
  readonly state_description?: 'USER_CONFIRM' | 'MCH_COMPLETE';
  /** May hold a start_time of `OnAccept`; what that means is in `accepted_time`. */
  readonly time_range: CreateFields['time_range'];
  readonly total_amount: number;
  readonly need_collection: true;
  /** Only after a completion with something to pay. */
  readonly collection?: OrderCollection;

  /** When the order was created, `yyyyMMddHHmmss`. */
  readonly accepted_time: string;
  /** What each call said, to tell a repetition from a contradiction. */
  readonly said: { readonly create: string; readonly complete?: string };
  readonly ledger: readonly LedgerEntry[];
}

/** By out_order_no: there is one merchant. */
export type Orders = Collection<Order>;
