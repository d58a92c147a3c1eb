/**
 * Unknown is not failed: sends something that changes an order until its outcome is proven, one way or the other.
 * A body goes out again only after WeChat has said that it was not applied, and it is always the same body. What is known
 * of the attempts lies in the order's book, so that a new run goes on where the last one was.
 */
import { CancellationScope, sleep } from '@temporalio/workflow';
import { noteAnswered, noteMisconfigured, pause } from './account.ts';
import { attemptOf, type After, type Attempt, type Sending } from './attempt.ts';
import type { Book } from './book.ts';
import { askUntilClear, type Found } from './clarity.ts';
import type { Watch } from './watch.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { lastArrivalOf, STRAGGLER_MS } from '../payscore/in-flight.ts';
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
  readonly watch: Watch;
  /** Whether it is too late to send anything. */
  isTooLate?(): boolean;
  /** Whether a first refusal needs no look at the order: it says all there is to know. */
  isLastWord?(refusal: Refusal): boolean;
}

export type Settled =
  | { readonly kind: 'applied'; readonly by: 'answer' | 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'impossible'; readonly rule: string }
  | { readonly kind: 'unwanted'; readonly rule: string }
  /** Not applied in time, and proven not to be applied later. */
  | { readonly kind: 'expired' };

export async function settle(book: Book, call: Call): Promise<Settled> {
  const { key, watch, judge } = call;
  const progress = (): Progress => recordOf(book.order, key)?.progress ?? {};
  const note = (more: Progress) =>
    book.record({ kind: 'progressed', key, progress: { ...progress(), ...more } });
  const isDoubtful = () => arrivesUntil() !== undefined;
  const askNow = (after?: After) =>
    askUntilClear(book, {
      judge: (said) => judge(said, after),
      isDoubtful: isDoubtful(),
      isTaken: progress().isTaken === true,
    });

  if (progress().heldSince !== undefined) watch.held('It goes on in a new run.');
  let attempt = leftBehind();
  for (let round = 1; ; round++) {
    if (!attempt) {
      if (call.isTooLate?.()) {
        const found = await proof(undefined, () => !call.isTooLate?.());
        if (found) return known(found);
        if (call.isTooLate()) return { kind: 'expired' };
      }
      // Once begun, it is waited for: what became of it decides what may follow.
      attempt = await CancellationScope.nonCancellable(send);
    }
    const outcome = await outcomeOf(attempt);
    if (outcome) return known(outcome);
    if (attempt.kind !== 'charging') await pause(round, 'before the same request is sent again');
    attempt = undefined;
  }

  /** What was applied is ours, whatever WeChat's account of it says later. */
  function known(settled: Settled): Settled {
    if (settled.kind === 'applied') note({ isTaken: true });
    return settled;
  }

  async function send(): Promise<Attempt> {
    book.record({ kind: 'sent', key });
    const sent = await attemptOf(call);
    const lastSentAt = sent.kind === 'unknown' ? sent.sentUntil : new Date().toISOString();
    const refusal = sent.kind === 'refused' ? sent.refusal : undefined;
    book.record({ kind: 'returned', key, progress: { ...progress(), lastSentAt, refusal } });
    return sent;
  }

  /** What an earlier run sent may have been executed, whatever it was told, unless it was a refusal. */
  function leftBehind(): Attempt | undefined {
    const { lastSentAt, isTaken, refusal } = progress();
    if (isTaken) return { kind: 'taken' };
    if (refusal) return { kind: 'refused', refusal };
    const why = 'the run in which it was sent has ended';
    return lastSentAt === undefined ? undefined : { kind: 'unknown', sentUntil: lastSentAt, why };
  }

  /** What an attempt proves; undefined when the same is to be sent again. */
  async function outcomeOf(sent: Attempt): Promise<Settled | undefined> {
    switch (sent.kind) {
      case 'applied':
        noteAnswered(book);
        return { kind: 'applied', by: 'answer', said: sent.said };
      case 'taken':
        noteAnswered(book);
        note({ isTaken: true });
        watch.held('WeChat Pay has said yes, and its account of the order does not show it yet.');
        return unlessNotApplied(await askNow());
      case 'not_done':
        watch.held(`It was not sent, or not taken: ${sent.why}.`);
        return undefined;
      case 'misconfigured':
        noteMisconfigured(book, sent.refusal, sent.why);
        watch.held(`WeChat Pay does not accept our calls: ${sent.why}.`);
        return undefined;
      case 'unknown': {
        noteDoubt();
        // Of an order that exists, one answer that anybody may have given is no trouble yet.
        if (sent.isUnaccepted && !book.order.serviceOrder) {
          noteMisconfigured(book, undefined, sent.why);
        }
        watch.held(`Whether WeChat Pay did it is not known: ${sent.why}.`);
        return unlessNotApplied(await askNow());
      }
      case 'charging':
        noteAnswered(book);
        watch.held('WeChat Pay is charging, and takes nothing meanwhile.');
        return await whileCharging(sent.refusal);
      case 'refused':
        noteAnswered(book);
        noteContradiction(sent.refusal);
        return await believed(sent.refusal);
    }
  }

  function noteDoubt(): void {
    const { doubtfulSince = new Date().toISOString() } = progress();
    note({ doubtfulSince });
  }

  /** It says that another such call came before: ours may have been that, and take effect after the refusal. */
  function noteContradiction(refusal: Refusal): void {
    if (refusal.reason === 'repeated' && !call.isLastWord?.(refusal)) noteDoubt();
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
    if (!isDoubtful() && call.isLastWord?.(refusal)) return { kind: 'refused', refusal };
    const { code, message } = refusal;
    watch.held(`WeChat Pay refused (${code} ${message}), and does not say how the order stands.`);
    const after = call.isLastWord?.(refusal) ? undefined : 'refusal';
    const found = unlessNotApplied(await askNow(after)) ?? (await proof(after));
    if (found) return found;
    // Known for what it was; whoever insists begins anew.
    note({ refusal: undefined });
    return { kind: 'refused', refusal };
  }

  /**
   * @param isSendable whether what was found makes the proof needless: the same may be sent again
   * @returns undefined when nothing was applied, and nothing that was sent can arrive any more
   */
  async function proof(after?: After, isSendable = () => false): Promise<Settled | undefined> {
    const until = arrivesUntil();
    if (until === undefined) return undefined;
    watch.held('What was sent may still arrive, so that no refusal is believed yet.');
    for (let ms = FIRST_LOOK_MS; ; ms *= 2) {
      const left = until - Date.now();
      if (left > 0) await sleep(Math.min(left, ms), { summary: STRAGGLING });
      // What arrives after all should not have to wait for its discovery.
      const found = unlessNotApplied(await askNow(after));
      if (found || left <= ms || isSendable()) return found;
    }
  }

  /** Until when an attempt of which nothing is known may arrive: one of ours, or one of a run that was broken off. */
  function arrivesUntil(): number | undefined {
    const { lastSentAt, doubtfulSince } = progress();
    const isOurs = lastSentAt !== undefined && doubtfulSince !== undefined;
    const ours = isOurs ? Date.parse(lastSentAt) + STRAGGLER_MS : 0;
    const theirs = lastArrivalOf(book.order);
    return isOurs || theirs > Date.now() ? Math.max(ours, theirs) : undefined;
  }
}

function unlessNotApplied(found: Found): Settled | undefined {
  return found.kind === 'not_applied' ? undefined : found;
}
