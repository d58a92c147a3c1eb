/** What the stack is doing and how long that takes, on standard error: standard output belongs to results. */

const REPEAT_MS = 15_000;

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Does one piece of work that may take long, and says so: at its start, while it goes on, at its end. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = (digits: number) => ((performance.now() - start) / 1000).toFixed(digits);

  say(`${title} …`);
  const goesOn = setInterval(() => say(`${title}: goes on, ${seconds(0)} s`), REPEAT_MS);
  goesOn.unref();
  try {
    const result = await work();
    say(`${title}: done in ${seconds(1)} s`);
    return result;
  } catch (error) {
    say(`${title}: failed after ${seconds(1)} s`);
    throw error;
  } finally {
    clearInterval(goesOn);
  }
}
