/** What the merchant does without the API: in its console, or in other systems. Nothing of it is notified, but perhaps a refund. */
import type * as z from 'zod';
import type { CompleteFields } from '../orders/complete-fields.ts';
import type { CreateFields } from '../orders/create-fields.ts';
import { at, type Call } from './call.ts';
import type { ToldOrder } from './people.ts';
import type { ConsoleRefund, ToldRefund } from './refunds.ts';

/** One fee of the total, and now as the end, unless something else is said. */
export type ConsoleBill = Pick<CompleteFields, 'total_amount'> &
  Partial<z.input<typeof CompleteFields>>;

export function merchantConsole(call: Call) {
  const act = (operation: string, out_order_no: string, body: object = {}) =>
    call<ToldOrder>('POST', `/console/orders/${at(out_order_no)}/${operation}`, body);

  return {
    /** An order of another system of the merchant: of any service, without asking for permission. */
    placeElsewhere: (out_order_no: string, fields: Partial<z.input<typeof CreateFields>> = {}) =>
      call<ToldOrder>('POST', '/console/orders', { ...fields, out_order_no }),
    /** Another merchant has an order of this number: a query is answered by the policy `order_of_others`. */
    takeNumberElsewhere: (out_order_no: string) =>
      call<object>('PUT', `/console/numbers-of-others/${at(out_order_no)}`),

    consoleComplete: (out_order_no: string, bill: ConsoleBill) =>
      act('complete', out_order_no, bill),
    consoleModify: (out_order_no: string, bill: ConsoleBill) => act('modify', out_order_no, bill),
    consoleCancel: (out_order_no: string) => act('cancel', out_order_no),
    /** Only the bill tells of it, unless the policy `console_refund_notification` has it told. */
    consoleRefund: (out_order_no: string, amount?: number, more: ConsoleRefund = {}) =>
      call<ToldRefund>('POST', `/console/orders/${at(out_order_no)}/refund`, {
        ...more,
        ...(amount !== undefined && { amount }),
      }),
  };
}
