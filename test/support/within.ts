/** How long somebody waits for an answer is promised in seconds; without the promise it would be minutes, or for ever. */
import assert from 'node:assert/strict';

/** A machine that runs everything at once takes so much longer for what takes seconds alone. */
const BUSY = 3;

/** @param begun by `performance.now()` */
export function assertWithin(promisedMs: number, begun: number): void {
  const ms = performance.now() - begun;
  assert.ok(ms < promisedMs * BUSY, `${Math.round(ms)} ms, where ${promisedMs} are promised`);
}
