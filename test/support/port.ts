/** Ports for servers that are started more than once in a test. */
import { randomInt } from 'node:crypto';
import { requirePort } from '../../local/stack/port.ts';

/** Below the range that systems hand out by themselves (from 32768): nobody takes it between two starts. */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const free = await requirePort({ ip: '127.0.0.1', port }).catch(() => undefined);
    if (free !== undefined) return free;
  }
}
