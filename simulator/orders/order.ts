/** A service order as WeChat Pay keeps it. Never changed in place: every step makes a new snapshot. */
import type { Collection } from '../journal.ts';
import type { Charging } from './charge-script.ts';
import type { CreateFields } from './create-fields.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Telling } from './telling.ts';

/** A coupon that paid for a part, or all, of an order. */
export interface Promotion {
  readonly coupon_id: string;
  readonly scope: 'GLOBAL';
  /** Not funded beforehand: the merchant gets so much less. */
  readonly type: 'NOCASH';
  readonly amount: number;
  readonly merchant_contribute: number;
  readonly currency: 'CNY';
}

export interface CollectionDetail {
  readonly seq: number;
  readonly amount: number;
  /** Through WeChat Pay Score, or on another way as the merchant told by sync. */
  readonly paid_type: 'NEWTON' | 'MCH';
  /** `yyyyMMddHHmmss` */
  readonly paid_time: string;
  /** Only of NEWTON where there was something to pay. */
  readonly transaction_id?: string;
  /** Only where a coupon was used. */
  readonly promotion_detail?: readonly Promotion[];
  /** Only of NEWTON. */
  readonly bank_type?: string;
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
  readonly state: 'CREATED' | 'DOING' | 'DONE' | 'REVOKED' | 'EXPIRED';
  readonly state_description?: 'USER_CONFIRM' | 'MCH_COMPLETE';
  /** Only where a policy wants one. */
  readonly package?: string;
  /** What the page that confirms it hands out; only of an order that began CREATED. */
  readonly query_id?: string;
  /** May hold a start_time of `OnAccept`; what that means is in `accepted_time`. */
  readonly time_range: CreateFields['time_range'];
  readonly total_amount: number;
  readonly need_collection: true;
  /** Only after a completion with something to pay. */
  readonly collection?: OrderCollection;

  /** When the order was created, or confirmed where it had to be, `yyyyMMddHHmmss`. */
  readonly accepted_time: string;
  /** Its time is `yyyyMMddHHmmss`, its total that of the call, whatever modifications made of it. */
  readonly completion?: { readonly time: string; readonly total_amount: number };
  /** The fingerprint of what each call said, to tell a repetition from a contradiction. */
  readonly said: Readonly<Partial<Record<RepeatableCall, string>>>;
  readonly charging?: Charging;
  /** Absent for the usual one. */
  readonly telling?: Telling;
  readonly ledger: readonly LedgerEntry[];
}

export type RepeatableCall = 'create' | 'complete' | 'cancel' | 'modify' | 'sync';

/** By out_order_no: there is one merchant. */
export type Orders = Collection<Order>;

/** From query_id to out_order_no. */
export type QueryIds = Collection<string>;
