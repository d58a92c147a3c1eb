/** Waits for what happens by itself. */
import { setTimeout as delay } from 'node:timers/promises';

/** Repeats until the check returns something but undefined or false, at most so long. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  ms = 20_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const result = await check();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await delay(100);
  }
}
