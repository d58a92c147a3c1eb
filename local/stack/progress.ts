/** What the stack is doing and how long that takes, on standard error: standard output belongs to results. */
import { words } from './words.ts';

const REPEAT_MS = 15_000;

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Does one piece of work that may take long, and says so: at its start, while it goes on, at its end. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = (digits: number) => ((performance.now() - start) / 1000).toFixed(digits);

  say(words.servers.begins(title));
  const goesOn = setInterval(() => say(words.servers.goesOn(title, seconds(0))), REPEAT_MS);
  goesOn.unref();
  try {
    const result = await work();
    say(words.servers.done(title, seconds(1)));
    return result;
  } catch (error) {
    say(words.servers.failed(title, seconds(1)));
    throw error;
  } finally {
    clearInterval(goesOn);
  }
}
