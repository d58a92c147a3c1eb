/** How long somebody waits for an answer is promised in seconds; without the promise it would be minutes, or for ever. */
import assert from 'node:assert/strict';

/** A machine that runs everything at once stands still for seconds; the tests' own patience of 20 s must not pass for the 8. */
const BUSY = 2;

/** @param begun by `performance.now()` */
export function assertWithin(promisedMs: number, begun: number): void {
  const ms = performance.now() - begun;
  assert.ok(ms < promisedMs * BUSY, `${Math.round(ms)} ms, where ${promisedMs} are promised`);
}
