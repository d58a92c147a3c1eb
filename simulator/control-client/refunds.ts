/** Refunds: what becomes of them, what there is to refund from, and what really happened. */
import type { RefundChannel, RefundStatus } from '../refunds/refund.ts';
import type { Account } from '../refunds/merchant-account.ts';
import type { RefundScript } from '../refunds/refund-script.ts';
import type { Settlement } from '../refunds/refund-steps.ts';
import { at, type Call } from './call.ts';

export interface ToldRefund {
  /** As a query would show it. */
  readonly refund: Record<string, unknown> & {
    readonly out_refund_no: string;
    readonly refund_id: string;
    readonly transaction_id: string;
    readonly status: RefundStatus;
    readonly channel: RefundChannel;
  };
  readonly out_order_no: string;
  readonly by: 'api' | 'console';
  readonly reason?: string;
  readonly notify_url?: string;
  /** When it becomes what, business time in milliseconds. */
  readonly due?: { readonly ms: number; readonly status: RefundStatus };
  readonly history: readonly { readonly status: RefundStatus; readonly ms: number }[];
}

/** One of the three; the merchant's first service if nothing is named. */
export interface Scripted {
  readonly out_refund_no?: string;
  readonly out_order_no?: string;
  readonly service_id?: string;
}

export interface ConsoleRefund {
  /** By default the first of the order of which something is left. */
  readonly transaction_id?: string;
  /** Fen; by default all that is left. */
  readonly amount?: number;
  /** By default one of the console's own. */
  readonly out_refund_no?: string;
  readonly reason?: string;
  /** Out of the available balance (充值退款): not in the trade bill. */
  readonly funds_account?: 'AVAILABLE';
}

export function refunds(call: Call) {
  return {
    /** In the order of their acceptance; of all orders if none is named. */
    async refunds(out_order_no?: string): Promise<ToldRefund[]> {
      const query = out_order_no === undefined ? '' : `?out_order_no=${at(out_order_no)}`;
      return (await call<{ refunds: ToldRefund[] }>('GET', `/refunds${query}`)).refunds;
    },
    refund: (out_refund_no: string) => call<ToldRefund>('GET', `/refunds/${at(out_refund_no)}`),
    /** In place of what was said before; a refund that is PROCESSING takes its own script at once. Answers what holds now. */
    scriptRefunds: (whose: Scripted, script: RefundScript) =>
      call<RefundScript>('PUT', '/refunds/script', { ...whose, script }),
    /** Of one that is ABNORMAL: to another card, unless another balance is named. */
    settleRefund: (out_refund_no: string, settlement: Partial<Settlement> = {}) =>
      call<ToldRefund>('POST', `/refunds/${at(out_refund_no)}/settle`, settlement),
    account: () => call<Account>('GET', '/console/account'),
    /** `balance` null: there is always enough; `refund_notify_url` null: only refunds that name an address are told. */
    setAccount: (change: Partial<Account>) => call<Account>('PATCH', '/console/account', change),
  };
}
