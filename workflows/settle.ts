/**
 * Unknown is not failed: sends something that changes an order until its outcome is proven, one way or the other.
 * A body goes out again only after WeChat has said that it was not applied, and it is always the same body. What is known
 * of the attempts lies in the order's book, so that a new run goes on where the last one was.
 */
import { CancellationScope, sleep } from '@temporalio/workflow';
import { noteMisconfigured, pause } from './account.ts';
import { attemptOf, type Attempt, type Sending } from './attempt.ts';
import type { Book } from './book.ts';
import { askUntilClear, type Found } from './clarity.ts';
import { createDoubt } from './doubt.ts';
import { recordOf, STRAGGLER_MS } from '../payscore/fold-operation.ts';
import type { Progress } from '../payscore/operation.ts';
import type { Refusal } from '../payscore/refusal.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** WeChat's own advice where it is charging at this very moment (单据正在扣款中). */
const CHARGING_MS = 180_000;
const CHARGING_LIMIT = 10;

const FIRST_LOOK_MS = 20_000;
const STRAGGLING = 'until no earlier attempt can arrive any more';

export interface Call extends Sending {
  /** Under which the book keeps what is known of the attempts. */
  readonly key: string;
  /** After this moment nothing is sent any more. */
  readonly until?: Date;
}

export type Settled =
  | { readonly kind: 'applied'; readonly by: 'answer' | 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'impossible'; readonly rule: string }
  | { readonly kind: 'unwanted'; readonly rule: string }
  /** Not applied in time, and proven not to be applied later. */
  | { readonly kind: 'expired' };

export async function settle(book: Book, call: Call): Promise<Settled> {
  const { key, until, judge } = call;
  const doubt = createDoubt(book);
  const progress = (): Progress => recordOf(book.order, key)?.progress ?? {};
  const note = (more: Progress) =>
    book.record({ kind: 'progressed', key, progress: { ...progress(), ...more } });
  const isDoubtful = () => progress().doubtfulSince !== undefined;
  const askNow = () =>
    askUntilClear(book, { judge, isDoubtful: isDoubtful(), isTaken: progress().isTaken === true });

  try {
    let attempt = leftBehind();
    for (let round = 1; ; round++) {
      if (!attempt) {
        if (until && new Date() > until) return (await proof()) ?? { kind: 'expired' };
        // Once begun, it is waited for: what became of it decides what may follow.
        attempt = await CancellationScope.nonCancellable(() => attemptOf(call));
        note({ lastSentAt: sentUntil(attempt) });
      }
      const known = await outcomeOf(attempt);
      if (known) return known;
      if (attempt.kind !== 'charging') await pause(round, 'before the same request is sent again');
      attempt = undefined;
    }
  } finally {
    doubt.end();
  }

  /** What an earlier run sent may have been executed, whatever it was told. */
  function leftBehind(): Attempt | undefined {
    const { lastSentAt, isTaken } = progress();
    if (isTaken) return { kind: 'taken' };
    return lastSentAt === undefined ? undefined : { kind: 'unknown', sentUntil: lastSentAt };
  }

  /** What an attempt proves; undefined when the same is to be sent again. */
  async function outcomeOf(attempt: Attempt): Promise<Settled | undefined> {
    switch (attempt.kind) {
      case 'applied':
        return { kind: 'applied', by: 'answer', said: attempt.said };
      case 'taken':
        note({ isTaken: true });
        doubt.begin(new Date().toISOString());
        return unlessNotApplied(await askNow());
      case 'not_done':
        return undefined;
      case 'misconfigured':
        noteMisconfigured(book, attempt.refusal);
        return undefined;
      case 'unknown': {
        const { doubtfulSince = new Date().toISOString() } = progress();
        note({ doubtfulSince });
        doubt.begin(doubtfulSince);
        return unlessNotApplied(await askNow());
      }
      case 'charging':
        return await whileCharging(attempt.refusal);
      case 'refused':
        return await believed(attempt.refusal);
    }
  }

  async function whileCharging(refusal: Refusal): Promise<Settled | undefined> {
    const { chargingRefusals = 0 } = progress();
    if (chargingRefusals === CHARGING_LIMIT) return await believed(refusal);
    const found = unlessNotApplied(await askNow());
    if (found) return found;
    note({ chargingRefusals: chargingRefusals + 1 });
    await sleep(CHARGING_MS, { summary: 'WeChat Pay is charging: the same again in 3 minutes' });
    return undefined;
  }

  /** A refusal after an attempt of which nothing is known may be about that one, so it needs the proof. */
  async function believed(refusal: Refusal): Promise<Settled> {
    const found = unlessNotApplied(await askNow());
    return found ?? (await proof()) ?? { kind: 'refused', refusal };
  }

  /** Undefined when nothing was applied, and nothing that was sent can arrive any more. */
  async function proof(): Promise<Settled | undefined> {
    const { lastSentAt, doubtfulSince } = progress();
    if (doubtfulSince === undefined || lastSentAt === undefined) return undefined;
    const arrivesUntil = Date.parse(lastSentAt) + STRAGGLER_MS;
    for (let ms = FIRST_LOOK_MS; ; ms *= 2) {
      const left = arrivesUntil - Date.now();
      if (left > 0) await sleep(Math.min(left, ms), { summary: STRAGGLING });
      // What arrives after all should not have to wait for its discovery.
      const found = unlessNotApplied(await askNow());
      if (found || left <= ms) return found;
    }
  }
}

function sentUntil(attempt: Attempt): string {
  return attempt.kind === 'unknown' ? attempt.sentUntil : new Date().toISOString();
}

function unlessNotApplied(found: Found): Settled | undefined {
  return found.kind === 'not_applied' ? undefined : found;
}
