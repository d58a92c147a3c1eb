/** Waits for what happens by itself. */
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE_MS = 60;
const GROWTH = 1.6;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Repeats until the check returns something but undefined or false, at most so long. What takes long is looked at less often:
 * every look costs the machine on which everything else is to happen, a question to an order some 25 ms of it.
 *
 * A minute, unless told otherwise: what comes within a second alone takes twenty on a machine that runs everything at once.
 *
 * @param what is waited for, for whoever reads that it did not come; a function tells what was there instead
 */
export async function eventually<T>(
  what: string | (() => string),
  check: () => Promise<T | undefined | false>,
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
    const result = await check();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > end) {
      throw new Error(`not within ${ms} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await delay(pause);
  }
}
