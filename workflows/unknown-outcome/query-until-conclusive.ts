/** Asks WeChat until its account tells whether a call was applied. */
import { queryOrder, pause } from './query.ts';
import { getServiceOrder, getServiceOrderInTime } from '../activities.ts';
import type { OrderState } from '../service-order/order-state.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import type { Effect } from '../../payscore/rules/effect.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { words } from '../words.ts';

export interface ConclusiveQuery {
  effectOf(said: ServiceOrder | null): Effect;
  /** An attempt may have been executed, so nothing but WeChat's account counts. */
  readonly isUnknown: boolean;
  /** WeChat has said yes, so an account that does not show it yet is old. */
  readonly isTaken?: boolean;
}

export type Conclusion =
  | { readonly kind: 'applied'; readonly by: 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'not_applied' }
  | { readonly kind: 'impossible'; readonly rule: Fact }
  | { readonly kind: 'unwanted'; readonly rule: Fact };

export async function queryUntilConclusive(
  state: OrderState,
  query: ConclusiveQuery,
): Promise<Conclusion> {
  for (let round = 1; ; round++) {
    // Who has had no answer for 10 minutes goes before whoever asks later.
    const get = round === 1 ? getServiceOrderInTime : getServiceOrder;
    const found = await answerTo(state, query, get);
    if (found) return found;
    await pause(round, words.summaries.timers.askAgain);
  }
}

async function answerTo(
  state: OrderState,
  query: ConclusiveQuery,
  get: typeof getServiceOrder,
): Promise<Conclusion | undefined> {
  const { effectOf, isUnknown, isTaken = false } = query;
  const account = await queryOrder(state, get);
  switch (account.kind) {
    case 'misconfigured':
    case 'silent':
    case 'behind':
      return undefined;
    case 'refused':
      // Who may not even ask was refused for the same reason; only an unknown outcome makes us insist.
      return isUnknown || isTaken ? undefined : { kind: 'not_applied' };
    case 'none':
    case 'told': {
      const said = account.kind === 'told' ? account.said : null;
      const effect = effectOf(said);
      switch (effect.kind) {
        case 'applied':
          return said ? { kind: 'applied', by: 'query', said } : undefined;
        case 'not_applied':
          return isTaken ? undefined : effect;
        case 'impossible':
        case 'unwanted':
          return effect;
        case 'unclear':
          return undefined;
      }
    }
  }
}
