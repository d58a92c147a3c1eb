/** The lost callback: WeChat Pay has charged, and polling finds it. */
import { PlannedNotificationFault } from '../../notifications/faults.ts';
import type { Stage } from './stage.ts';
import { charge, giveBack, newPart, openAuthorised, untilEvent, untilNotified } from './steps.ts';

/** More than WeChat Pay ever sends. */
const ALL = 100;
/** Our side looks after a minute, or a little later (POLL_DELAYS). */
const LOOKED_WITHIN_MS = 180_000;

export async function lostCallback(stage: Stage): Promise<void> {
  const { say, sources } = stage;
  const part = newPart(stage);
  const { out_order_no } = part;
  await openAuthorised(stage, part);
  const amount = await giveBack(stage, part);
  say(({ steps }) => steps.willLose);
  sources.notificationFaults.planned.add(
    PlannedNotificationFault.parse({ fault: 'lost', out_order_no, times: ALL }),
  );
  say(({ steps }) => steps.charged(amount));
  charge(stage, part);
  await untilNotified(stage, (it) => it.out_order_no === out_order_no && it.attempts.length > 0);
  say(({ steps }) => steps.lost);
  await stage.untilPhase(part, 'paid', LOOKED_WITHIN_MS);
  say(({ steps }) => steps.asked);
  await untilEvent(stage, part, 'service_order.paid');
}
