/** Why an order is not opened, read or changed. */
import type { Phase } from '../../../payscore/rules/phase.ts';
import type { StartTimeRule } from '../../../payscore/times/start-time.ts';

const startTime: Readonly<Record<StartTimeRule, string>> = {
  a_minute_ahead: 'must be at least a minute from now',
  a_minute_ahead_or_now: 'must be at least a minute from now, or OnAccept',
  not_before_today: 'must not be before today in Beijing',
};

export const orders = {
  unknown: (out_order_no: string) => `No order ${out_order_no} is known here.`,
  silent: (phase: string) =>
    `No worker answers for the order. The phase it last reported is ${phase}.`,
  crowd: 'Others open this order at the same time. Repeat the same request in a few seconds.',
  differentBody:
    'The order under this out_order_no is untouched. A different order needs its own number.',
  unreadable:
    'The order’s last run was ended from outside, and no worker tells what it had accepted. Nothing was started. Repeat the same request.',
  notCreated: 'The order was not created.',
  startTime,
  deadlineOutlasts: 'must end before time_range.start_time',
  paidInFuture: 'must not be in the future',
  notFound: 'Not found.',
  ofAnother: (service_id: string, appid: string) =>
    `The order is of service ${service_id} and ${appid}.`,
  ended: (phase: Phase, total_amount: number | undefined, rule: string | undefined) =>
    `The order has ended: it is ${phase}, total_amount ${total_amount ?? 'none'}${rule === undefined ? '' : ` (${rule})`}.`,
  endedFromOutside: (phase: Phase) =>
    `The order's run was ended from outside while it was ${phase}: POST …/adopt takes it up again.`,
  unchanged: 'The order is unchanged; a corrected request can follow.',
  keyReused: 'Another request needs another Idempotency-Key. Nothing was done.',
  busy: 'Too many requests wait for this order. Repeat the same request in a few seconds.',
  notKnownToBeTaken:
    'Whether the request was taken is not known; probably no worker runs, or too many requests ' +
    'wait on this order. Repeat the same request with the same Idempotency-Key, and read the order before asking for something else.',
  notTaken:
    'No worker took the request in time, so it will not be carried out. Repeat it. ' +
    'If workers are running, compare the clocks of the API and of Temporal.',
  /** By a worker of another release, which has a reason of its own. */
  refusedOtherwise: (said: string) => `${said}. Read the order.`,
  nothingOwed: 'The order owes nothing.',
  readThenRepeat: 'Read the order, then repeat the same request.',
};
