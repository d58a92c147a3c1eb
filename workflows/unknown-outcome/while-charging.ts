/**
 * WeChat Pay is charging at this very moment (单据正在扣款中), and takes nothing meanwhile: by its own advice the same is sent again
 * after 3 minutes.
 */
import { sleep } from '@temporalio/workflow';
import { words } from '../words.ts';

const CHARGING_MS = 180_000;
/** So often the same is sent again; what is refused so for longer is a refusal. */
export const CHARGING_LIMIT = 10;

export async function whileItCharges(): Promise<void> {
  await sleep(CHARGING_MS, { summary: words.summaries.timers.charging });
}
