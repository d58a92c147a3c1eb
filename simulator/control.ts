/** A client of /_control: acts for the people in WeChat, and reads what really happened. */
import { bills } from './control-client/bills.ts';
import { createCall } from './control-client/call.ts';
import { merchantConsole } from './control-client/console.ts';
import { circumstances } from './control-client/circumstances.ts';
import { faults } from './control-client/faults.ts';
import { keys } from './control-client/keys.ts';
import { notifications } from './control-client/notifications.ts';
import { orders, users } from './control-client/people.ts';
import { refunds } from './control-client/refunds.ts';

export type { BillSettings, FileFault } from './bills/bill-settings.ts';
export type { ToldRows } from './control-client/bills.ts';
export { ControlRefusal } from './control-client/call.ts';
export type { ClockChange, ToldClock, ToldService } from './control-client/circumstances.ts';
export type { ToldFaults } from './control-client/faults.ts';
export type { ToldKeys } from './control-client/keys.ts';
export type { ToldNotification } from './control-client/notifications.ts';
export type { Script, ToldOrder } from './control-client/people.ts';
export type { ConsoleRefund, ToldRefund } from './control-client/refunds.ts';
export type { Fault } from './faults/answer-faults.ts';
export type { NotificationFault } from './faults/notification-faults.ts';
export type { LedgerEntry } from './orders/ledger.ts';
export type { Telling } from './orders/telling.ts';
export type { Policies } from './policies.ts';
export type { Preset } from './presets.ts';
export type { Account } from './refunds/merchant-account.ts';
export type { RefundScript } from './refunds/refund-script.ts';
export type { Call } from './transport/call.ts';

export type Control = ReturnType<typeof createControl>;

export function createControl(baseUrl: string) {
  const call = createCall(baseUrl);
  return {
    ...users(call),
    ...orders(call),
    ...refunds(call),
    ...merchantConsole(call),
    ...circumstances(call),
    ...notifications(call),
    ...keys(call),
    ...bills(call),
    ...faults(call),
  };
}
