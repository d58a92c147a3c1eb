/** What the stories set in the simulator, so that a day ends while one looks on. */
import { callUntilTaken } from './persistent-call.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';
import type { Stack } from '../stack/stack.ts';
import { words } from '../stack/words.ts';

const DAY_MS = 24 * 3_600_000;
/** Longer than a story takes. */
const STORY_MS = 10 * 60_000;

/** Bills reach back three months. */
const DAYS = 80;

/**
 * When a story plays: days ago, on the latest day of which there is no report yet, so that its own is about this story and
 * what else was played then; and so long before midnight that it ends on the day on which it began.
 */
export async function storyBegin({ apiUrl }: Pick<Stack, 'apiUrl'>): Promise<Date> {
  const { body } = await callUntilTaken('GET', `${apiUrl}/v1/reconciliations`);
  const { reconciliations } = body as { reconciliations: { bill_date: string }[] };
  const reported = new Set(reconciliations.map(({ bill_date }) => bill_date));
  const now = Date.now();
  const isEarlyEnough = billDateOf(new Date(now)) === billDateOf(new Date(now + STORY_MS));
  const timeOfDay = isEarlyEnough ? now : now - STORY_MS;
  for (let day = 1; day <= DAYS; day++) {
    const begin = new Date(timeOfDay - day * DAY_MS);
    if (!reported.has(billDateOf(begin))) return begin;
  }
  throw new Error(words.faults.reported(DAYS));
}

type Simulated = Pick<Stack, 'simulatorUrl'>;

/** WeChat Pay's orders take place from this moment on. */
export async function setWechatClock({ simulatorUrl }: Simulated, now: Date): Promise<void> {
  await callUntilTaken('POST', `${simulatorUrl}/_control/clock`, { now: now.toISOString() });
}

/** @param ready_at in Beijing, `HH:mm`: from when the bill of the day before can be had */
export async function setBillHour({ simulatorUrl }: Simulated, ready_at: string): Promise<void> {
  await callUntilTaken('POST', `${simulatorUrl}/_control/bills/settings`, { ready_at });
}

export async function releaseNotifications({ simulatorUrl }: Simulated): Promise<void> {
  await callUntilTaken('POST', `${simulatorUrl}/_control/notifications/release`);
}
