/** Checks run side by side, each within its time; whatever happens in one, it ends in a finding. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DoctorWords } from './examination.ts';
import { UnansweredError, unknown, type Finding, type Found } from './finding.ts';

/** Longer than three calls that are answered by nobody, one after the other. */
const LIMIT_MS = 12_000;

export interface Check {
  /** In kebab-case. */
  readonly id: string;
  look(): Promise<Found>;
}

export async function findAll(
  checks: readonly Check[],
  { unanswered }: Pick<DoctorWords, 'unanswered'>,
  limitMs = LIMIT_MS,
): Promise<Finding[]> {
  return await Promise.all(
    checks.map(async (check) => ({ id: check.id, ...(await within(limitMs, check, unanswered)) })),
  );
}

async function within(
  limitMs: number,
  { look }: Check,
  words: DoctorWords['unanswered'],
): Promise<Found> {
  const ending = new AbortController();
  const { signal } = ending;
  const late = delay(limitMs, undefined, { signal }).then(
    () => unknown(words.late(limitMs / 1_000)),
    () => unknown(words.notAwaited),
  );
  try {
    return await Promise.race([look().catch((error: unknown) => unansweredBy(error, words)), late]);
  } finally {
    ending.abort();
  }
}

/** Nobody knows what other errors quote: only their kind is told. */
function unansweredBy(error: unknown, words: DoctorWords['unanswered']): Found {
  if (error instanceof UnansweredError) return unknown(error.said);
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const kind = error instanceof Error ? error.name : 'unknown';
  const said = typeof code === 'string' || typeof code === 'number' ? `${kind} ${code}` : kind;
  return unknown(words.failed(said));
}
