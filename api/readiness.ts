/** Whether the API can take anything now. */
import { isTemporalThere } from './orders/patience.ts';
import type { Metrics } from '../metrics.ts';
import { by, type Temporal } from '../temporal/client.ts';
import { provenAhead } from '../temporal/clock.ts';
import { apartWords } from '../wechatpay/clock.ts';

/** Requests name the moment until which they may be taken: further apart, no worker takes them, or takes them too late. */
const LIMIT_SECONDS = 30;
const LOOK_MS = 2_000;

/** @returns in a sentence for people; undefined where it can */
export async function whyUnready(
  temporal: Temporal,
  { noteClock }: Pick<Metrics, 'noteClock'>,
): Promise<string | undefined> {
  if (!(await isTemporalThere(temporal))) return 'Temporal does not answer.';
  // What cannot be asked proves nothing about the clock.
  const ahead = await by(temporal, Date.now() + LOOK_MS, () => provenAhead(temporal)).catch(
    () => 0,
  );
  noteClock('temporal', ahead);
  if (Math.abs(ahead) <= LIMIT_SECONDS) return undefined;
  return `The clock of this machine is at least ${apartWords(ahead)} Temporal’s: set it right.`;
}
