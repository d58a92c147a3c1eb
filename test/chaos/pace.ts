/** Business is brisk where it is served: no new order begins while the API is away or slow. */
import { setTimeout as delay } from 'node:timers/promises';

const SLOW_MS = 1_000;
const LOOK_AGAIN_MS = 500;
const LONGEST_WAIT_MS = 60_000;

export async function untilServed(apiUrl: string): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < end && !(await answersFast(`${apiUrl}/readyz`))) await delay(LOOK_AGAIN_MS);
}

async function answersFast(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(SLOW_MS) })).ok;
  } catch {
    return false;
  }
}
