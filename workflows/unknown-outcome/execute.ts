/**
 * Unknown is not failed: sends something that changes an order until its outcome is proven, one way or the other.
 * A body goes out again only after WeChat has said that it was not applied, and it is always the same body. What is known
 * of the attempts is part of the order's state, so that a new run goes on where the last one was.
 */
import { CancellationScope, patched, sleep } from '@temporalio/workflow';
import { noteAnswered, noteMisconfigured, pause } from './query.ts';
import { attemptOf, type After, type Attempt, type Sending } from './attempt.ts';
import type { OrderState } from '../service-order/order-state.ts';
import { queryUntilConclusive, type Conclusion } from './query-until-conclusive.ts';
import type { UnresolvedTimer } from './unresolved-timer.ts';
import { CHARGING_LIMIT, whileItCharges } from './while-charging.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import { lastArrivalOf, LATE_ARRIVAL_MS } from '../../payscore/times/in-flight.ts';
import type { Progress } from '../../payscore/order/operation.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { words } from '../words.ts';

const FIRST_LOOK_MS = 20_000;

export interface Execution extends Sending {
  /** Under which the order keeps what is known of the attempts. */
  readonly key: string;
  readonly timer: UnresolvedTimer;
  /** Whether it is too late to send anything. */
  isTooLate?(): boolean;
  /** Whether a first refusal needs no look at the order: it says all there is to know. */
  isLastWord?(refusal: Refusal): boolean;
}

export type Executed =
  | { readonly kind: 'applied'; readonly by: 'answer' | 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'impossible'; readonly rule: Fact }
  | { readonly kind: 'unwanted'; readonly rule: Fact }
  /** Not applied in time, and proven not to be applied later. */
  | { readonly kind: 'expired' }
  /** The order was reset meanwhile: what is to be done, and what an answer says, is known when WeChat has told how it stands. */
  | { readonly kind: 'overtaken' };

export async function execute(state: OrderState, call: Execution): Promise<Executed> {
  const { key, timer, effectOf } = call;
  const progress = (): Progress => recordOf(state.order, key)?.progress ?? {};
  const note = (more: Progress) =>
    state.apply({ kind: 'progressed', key, progress: { ...progress(), ...more } });
  const isUnknown = () => arrivesUntil() !== undefined;
  const askNow = (after?: After) =>
    queryUntilConclusive(state, {
      effectOf: (said) => effectOf(said, after),
      isUnknown: isUnknown(),
      isTaken: progress().isTaken === true,
    });

  if (progress().heldSince !== undefined) timer.heldBy({ code: 'new_run' });
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
      if (!attempt) return { kind: 'overtaken' };
    }
    const outcome = await outcomeOf(attempt);
    if (outcome) return known(outcome);
    if (attempt.kind !== 'charging') await pause(round, words.summaries.timers.sendAgain);
    attempt = undefined;
  }

  /** Runs of 0.2 went on all the same. */
  function isOvertaken(): boolean {
    return state.order.isToBeLookedUp && patched('looked-up-first');
  }

  /** What was applied is ours, whatever WeChat's account of it says later. */
  function known(executed: Executed): Executed {
    if (executed.kind === 'applied') note({ isTaken: true });
    return executed;
  }

  /** @returns undefined when nothing was sent, or its answer may be one that WeChat repeats */
  async function send(): Promise<Attempt | undefined> {
    state.apply({ kind: 'sent', key });
    if (isOvertaken()) return undefined;
    const sent = await attemptOf(call);
    const lastSentAt = sent.kind === 'unknown' ? sent.sentUntil : new Date().toISOString();
    const refusal = sent.kind === 'refused' ? sent.refusal : undefined;
    state.apply({ kind: 'returned', key, progress: { ...progress(), lastSentAt, refusal } });
    return isOvertaken() ? undefined : sent;
  }

  /** What an earlier run sent may have been executed, whatever it was told, unless it was a refusal. */
  function leftBehind(): Attempt | undefined {
    const { lastSentAt, isTaken, refusal } = progress();
    if (isTaken) return { kind: 'taken' };
    if (refusal) return { kind: 'refused', refusal };
    const why = { code: 'sent_by_ended_run' } as const;
    return lastSentAt === undefined ? undefined : { kind: 'unknown', sentUntil: lastSentAt, why };
  }

  /** What an attempt proves; undefined when the same is to be sent again. */
  async function outcomeOf(sent: Attempt): Promise<Executed | undefined> {
    switch (sent.kind) {
      case 'applied':
        noteAnswered(state);
        return { kind: 'applied', by: 'answer', said: sent.said };
      case 'taken':
        noteAnswered(state);
        note({ isTaken: true });
        timer.heldBy({ code: 'yes_not_shown' });
        return unlessNotApplied(await askNow());
      case 'not_done':
        timer.heldBy({ code: 'not_sent', because: sent.why });
        return undefined;
      case 'misconfigured':
        noteMisconfigured(state, sent.refusal, sent.why);
        timer.heldBy({ code: 'calls_not_accepted', because: sent.why });
        return undefined;
      case 'unknown': {
        noteUnknown();
        // Of an order that exists, one answer that anybody may have given is no trouble yet.
        if (sent.isUnaccepted && !state.order.serviceOrder) {
          noteMisconfigured(state, undefined, sent.why);
        }
        timer.heldBy({ code: 'outcome_unknown', because: sent.why });
        return unlessNotApplied(await askNow());
      }
      case 'charging':
        noteAnswered(state);
        timer.heldBy({ code: 'charging' });
        return await whileCharging(sent.refusal);
      case 'refused':
        noteAnswered(state);
        noteContradiction(sent.refusal);
        return await believed(sent.refusal);
    }
  }

  function noteUnknown(): void {
    const { unknownSince = new Date().toISOString() } = progress();
    note({ unknownSince });
  }

  /** It says that another such call came before: ours may have been that, and take effect after the refusal. */
  function noteContradiction(refusal: Refusal): void {
    if (refusal.reason === 'repeated' && !call.isLastWord?.(refusal)) noteUnknown();
  }

  async function whileCharging(refusal: Refusal): Promise<Executed | undefined> {
    const { chargingRefusals = 0 } = progress();
    if (chargingRefusals === CHARGING_LIMIT) return await believed(refusal);
    const found = unlessNotApplied(await askNow());
    if (found) return found;
    note({ chargingRefusals: chargingRefusals + 1 });
    await whileItCharges();
    return undefined;
  }

  /** A refusal after an attempt of which nothing is known may be about that one, so it needs the proof. */
  async function believed(refusal: Refusal): Promise<Executed> {
    if (!isUnknown() && call.isLastWord?.(refusal)) return { kind: 'refused', refusal };
    const { code: error, message } = refusal;
    timer.heldBy({ code: 'refused_and_untold', error, message });
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
  async function proof(after?: After, isSendable = () => false): Promise<Executed | undefined> {
    const until = arrivesUntil();
    if (until === undefined) return undefined;
    timer.heldBy({ code: 'may_still_arrive' });
    for (let ms = FIRST_LOOK_MS; ; ms *= 2) {
      const left = until - Date.now();
      if (left > 0) await sleep(Math.min(left, ms), { summary: words.summaries.timers.arrived });
      // What arrives after all should not have to wait for its discovery.
      const found = unlessNotApplied(await askNow(after));
      if (found || left <= ms || isSendable()) return found;
    }
  }

  /** Until when an attempt of which nothing is known may arrive: one of ours, or one of a run that was broken off. */
  function arrivesUntil(): number | undefined {
    const { lastSentAt, unknownSince } = progress();
    const isOurs = lastSentAt !== undefined && unknownSince !== undefined;
    const ours = isOurs ? Date.parse(lastSentAt) + LATE_ARRIVAL_MS : 0;
    const theirs = lastArrivalOf(state.order);
    return isOurs || theirs > Date.now() ? Math.max(ours, theirs) : undefined;
  }
}

function unlessNotApplied(found: Conclusion): Executed | undefined {
  return found.kind === 'not_applied' ? undefined : found;
}
