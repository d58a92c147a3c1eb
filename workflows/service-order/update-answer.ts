/** What an update answers, or refuses with. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { OrderState } from './order-state.ts';
import type { UpdateRefusal } from '../contract.ts';
import type { Answer } from './waiters.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { viewOf, type OrderView } from '../../payscore/order/view.ts';
import { words } from '../words.ts';

export function answerOf(state: OrderState, answer: Answer): OrderView {
  switch (answer.kind) {
    case 'done':
      return viewOf(state.order);
    case 'left':
      // Whoever asks again under the key is given Temporal's record of this: it must not say that anything was done.
      throw refusal('Expired', words.updates.expired);
    case 'not_allowed':
      throw notAllowed(answer.rule);
    case 'refused': {
      const { code, message } = answer.refusal;
      throw refusal('Refused', words.updates.refused(code, message), answer.refusal);
    }
    case 'moved':
      throw refusal('Moved', words.updates.moved);
  }
}

/** In words for people, and as the fact that it is, for whoever words it otherwise. */
export function notAllowed(rule: Fact): ApplicationFailure {
  return refusal('NotAllowed', words.fact(rule), rule);
}

export function refusal(
  type: UpdateRefusal,
  message: string,
  detail?: unknown,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: true,
    ...(detail !== undefined && { details: [detail] }),
  });
}
