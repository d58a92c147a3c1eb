/** What users do, to the service and to their orders. */
import type { ChargeScript, ChargingRefusal } from '../orders/charge-script.ts';
import type { LedgerEntry } from '../orders/ledger.ts';
import type { Telling } from '../orders/telling.ts';
import type { Behaviour, BehaviourChange } from '../orders/user-behaviour.ts';
import type { Permission } from '../permissions/permission.ts';
import { at, type Call } from './call.ts';

export interface ToldOrder {
  /** As a query would show it. */
  readonly order: Record<string, unknown>;
  readonly ledger: LedgerEntry[];
  /** As the page that confirms it would hand out; only of an order that began CREATED. */
  readonly query_id?: string;
}

export interface Payment {
  /** Fen of what is due; by default all of it. USER_PAID is told when nothing is due any more. */
  readonly amount?: number;
  /** A coupon pays all of that, or so many fen of it. */
  readonly coupon?: boolean | number;
  /** Default NEWTON; MCH as if sync had told so. */
  readonly paid_type?: 'NEWTON' | 'MCH';
}

export type Script = Pick<ChargeScript, 'failures'> & Partial<ChargeScript>;

export function users(call: Call) {
  return {
    /** For the merchant's first service, in its first application, if none are named. */
    authorise: (openid: string, service_id?: string, appid?: string) =>
      call<Permission>('POST', `/users/${at(openid)}/authorise`, { service_id, appid }),
    revoke: (openid: string, service_id?: string) =>
      call<Permission>('POST', `/users/${at(openid)}/revoke`, { service_id }),

    /** Upon the page that a pre-permission's token opens. */
    authoriseByToken: (apply_permissions_token: string, openid: string) =>
      call<Permission>('POST', '/permissions/authorise', { apply_permissions_token, openid }),
    behaviour: (openid: string) => call<Behaviour>('GET', `/users/${at(openid)}`),
    /** What new orders of this user come to, and how they are charged. */
    setBehaviour: (openid: string, change: BehaviourChange) =>
      call<Behaviour>('PATCH', `/users/${at(openid)}`, change),
  };
}

export function orders(call: Call) {
  return {
    order: (out_order_no: string) => call<ToldOrder>('GET', `/orders/${at(out_order_no)}`),
    /** WeChat Pay charges, now. */
    pay: (out_order_no: string, payment: Payment = {}) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/pay`, payment),
    /** The user presses pay on the order's page. */
    payFromPage: (out_order_no: string, payment: Payment = {}) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/pay-from-page`, payment),
    failToPay: (out_order_no: string) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/fail-to-pay`),
    confirm: (out_order_no: string) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/confirm`),
    /** What WeChat Pay's own attempts come to from now on. */
    scriptCharging: (out_order_no: string, script: Script) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/charging`, script),
    /** From now on an attempt is under way, or its outcome unclear, for so many business seconds; 0 ends it. */
    openChargingWindow: (
      out_order_no: string,
      seconds: number,
      refusal: ChargingRefusal = 'chargeUnderWay',
    ) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/charging-window`, { seconds, refusal }),
    /** Of an order that was cancelled or paid elsewhere: an attempt that was under way succeeds, and USER_PAID tells. */
    chargeAnyway: (out_order_no: string, order: 'becomes_paid' | 'stays' = 'becomes_paid') =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/charge-anyway`, { order }),
    /** How messages tell of the order from now on; `{}` for the usual way. */
    setTelling: (out_order_no: string, telling: Telling) =>
      call<ToldOrder>('PUT', `/orders/${at(out_order_no)}/telling`, telling),
  };
}
