/** The port to our orders: what reconciliation asks of them, wherever they are kept. Money is integer fen. */

import type { Waiver } from '../../payscore/rules/waiver.ts';

/** A payment as the list of orders has it; of an order with several charges the first one's number and the sum. */
export interface OurPayment {
  readonly out_order_no: string;
  readonly transaction_id: string;
  readonly amount: number;
  /** When the order learned of it, in ms since the epoch. */
  readonly knownAt: number;
  readonly service_id?: string;
  /** The order is in a trouble about money: it is looked into, although its row may agree. */
  readonly isOwed?: boolean;
}

/** What stands for the transaction of a payment of which WeChat told none: no row has it. */
export function numberless(out_order_no: string): string {
  return `?${out_order_no}`;
}

/** What WeChat charged for an order at once. */
export interface Charge {
  readonly transaction_id: string;
  /** What the user paid: nothing, where a coupon paid for all of it. */
  readonly amount: number;
  /** The day in Beijing, `yyyy-MM-dd`, as far as WeChat told it. */
  readonly bill_date?: string;
}

/** An order of ours, fresh. */
export interface OurOrder {
  readonly out_order_no: string;
  readonly phase: string;
  readonly charges: readonly Charge[];
  /** When its last run ended, in ms since the epoch; undefined while it goes on. */
  readonly endedAt?: number;
  /** Nobody opened it here: it was taken up from WeChat. */
  readonly isAdopted?: boolean;
  /** What the order says must be paid back. */
  readonly refundDue?: { readonly amount: number; readonly transaction_id?: string };
  /** So much less than it was completed with was collected, coupons taken off; in fen. */
  readonly shortfall?: number;
  readonly service_id?: string;
}

/** What a row can be known by. */
export interface Names {
  readonly transaction_ids: readonly string[];
  readonly out_order_nos: readonly string[];
}

/** An order that ended with less than it was completed with, or with nothing. */
export interface WaivedOrder extends Waiver {
  readonly out_order_no: string;
  readonly service_id?: string;
}

export interface OrderSource {
  /**
   * What was paid on a day in Beijing (`yyyy-MM-dd`), in pages: every payment on exactly one day. Where WeChat gave no time that
   * can be read it is the day on which the order learned of it.
   */
  paymentsOn(bill_date: string): AsyncIterable<readonly OurPayment[]>;
  /** Orders that ended on the day, and whose users were let off something, in pages. */
  waiversOn(bill_date: string): AsyncIterable<readonly WaivedOrder[]>;
  /** Which orders here have one of these numbers or transactions; without order, each once. */
  find(
    names: Names,
  ): Promise<readonly { readonly out_order_no: string; readonly transaction_id?: string }[]>;
  /** The order as it stands now. @throws {OrderSilentError} */
  read(out_order_no: string): Promise<OurOrder>;
  /**
   * Has WeChat asked how the order stands, and the order told: one that goes on, one that has ended otherwise, one that is
   * not known here.
   *
   * @throws {OrderSilentError}
   */
  heal(out_order_no: string): Promise<OurOrder | NotOurs>;
  /**
   * What WeChat says of an order that is not known here any more; nothing is changed, here or there.
   *
   * @throws {OrderSilentError}
   */
  ask(out_order_no: string): Promise<OurOrder | NotOurs>;
}

/**
 * Of an order that is not known here:
 *
 * - `not_found`: WeChat knows it under none of our services
 * - `refused`: WeChat does not tell us of it (400, 403), as it does with another service's
 */
export type NotOurs = 'not_found' | 'refused';

/** One order cannot be asked about, here or at WeChat, for a reason of its own or because nobody answers. */
export class OrderSilentError extends Error {
  override readonly name = 'OrderSilentError';
  readonly out_order_no: string;
  /** What whoever was asked said. */
  readonly because: string;

  constructor(out_order_no: string, because: string) {
    super(`the order ${out_order_no} cannot be asked about (${because})`);
    this.out_order_no = out_order_no;
    this.because = because;
  }
}
