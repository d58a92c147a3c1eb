/** One order through its life, a payment that crosses a cancellation, and the bill of their day: what `npm start` and `npm run demo` tell. */
import { tellCrossing } from './crossing.ts';
import { tellDayAfter } from './day-after.ts';
import { printEvents, untilTold } from './events.ts';
import { releaseNotifications, setWechatClock, storyBegin } from './simulated-day.ts';
import type { Stack } from '../stack/stack.ts';
import { tellStory, type Twist } from './order.ts';
import type { Report } from '../../answers/reconciliation.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';

/** @throws {Error} with the reason when the order is not paid, or its day does not balance */
export async function tellWholeStory(stack: Stack, twist: Omit<Twist, 'begin'>): Promise<Report> {
  printEvents(stack);
  const begin = await storyBegin(stack);
  try {
    await setWechatClock(stack, begin);
    const real = Date.now();
    const order = await tellStory(stack, { ...twist, begin });
    const now = () => new Date(begin.getTime() + Date.now() - real);
    // It is by a callback that one learns of a crossing at once.
    if (!twist.isPaymentLost) await tellCrossing(stack, { openid: twist.openid, now });
    await setWechatClock(stack, new Date());
    const report = await tellDayAfter(stack, order, billDateOf(begin));
    await untilTold(stack, 'service_order.paid', order.out_order_no);
    return report;
  } finally {
    // Whoever plays on does so today, and hears of it.
    await setWechatClock(stack, new Date());
    await releaseNotifications(stack);
  }
}
