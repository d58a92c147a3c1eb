/** The first thing that an opened order does: asks for the user's permission, and creates the order. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { queryUntil, keyOf } from '../unknown-outcome/query.ts';
import { createServiceOrder, getServiceOrderBriefly, inTrace } from '../activities.ts';
import { isAuthorised } from './authorization.ts';
import type { OrderState } from './order-state.ts';
import { endLate, giveUp } from './giving-up.ts';
import { execute } from '../unknown-outcome/execute.ts';
import type { UnresolvedTimer } from '../unknown-outcome/unresolved-timer.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import {
  differencesOf,
  isSameOrder,
  effectOfCreation,
} from '../../payscore/rules/effect-of-creation.ts';
import type { Outcome } from '../../payscore/order/operation.ts';
import type { Opened } from '../../payscore/order/opening.ts';
import { phaseOf } from '../../payscore/rules/phase.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import { createBodyOf } from '../../payscore/order/request-body.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** @returns undefined when the user must authorise first, or WeChat must tell first how the order stands: it is begun again then */
export async function create(
  state: OrderState,
  key: string,
  timer: UnresolvedTimer,
): Promise<Outcome | undefined> {
  const opening = state.order.opening as Opened;
  const { phase, givingUp } = state.order;
  // It was found, or it is to be given up: there is nothing to create.
  if (phase !== 'creating') return { kind: 'done' };
  if (givingUp !== undefined) {
    giveUp(state);
    return { kind: 'done' };
  }
  if (recordOf(state.order, key)?.body === undefined) {
    const isInvited = state.order.authorizeUntil !== undefined;
    if (!isInvited && !(await isAuthorised(state, timer))) {
      return state.order.phase === 'authorizing' ? undefined : { kind: 'done' };
    }
    state.apply({ kind: 'started', key, body: createBodyOf(opening) });
  }
  const body = createBodyOf(opening);
  const isTaken = () => recordOf(state.order, key)?.progress?.isTaken === true;
  let isThere = false;
  const executed = await execute(state, {
    key,
    timer,
    send: (sendBefore) => createServiceOrder(body, sendBefore, ...inTrace(opening.traceparent)),
    effectOf(said, after) {
      isThere = said !== null;
      const whileUnknown = after === 'refusal' ? 'shown' : 'asked';
      return effectOfCreation(opening, said, after === 'yes' || isTaken() ? 'taken' : whileUnknown);
    },
    // WeChat has said yes to our own creation: whatever it repeats of it, it is ours.
    isOurs: (said) => isSameOrder(opening, said),
    // Without a deadline nobody waited when the permission was known. Where an order stands under the number, the same sent
    // again creates nothing, and WeChat's answer tells whose it is.
    isTooLate: () => !isThere && !(Date.now() <= Date.parse(state.order.createUntil ?? '')),
    isLastWord: ({ reason }) => reason === 'repeated',
  });
  switch (executed.kind) {
    case 'applied':
      // An order that is further along was opened before: only a query says all about it.
      if (executed.by === 'answer' && phaseOf(executed.said) === 'in_service') {
        state.apply({ kind: 'observed', by: 'create', serviceOrder: executed.said });
      }
      await queryUntil(
        state,
        timer,
        () => state.order.phase !== 'creating' || state.order.givingUp !== undefined,
      );
      break;
    case 'refused':
      // What stands there was not created by what WeChat refused.
      if (executed.refusal.reason !== 'repeated' && !isThere) return executed;
      await noteTaken(state, executed.refusal);
      break;
    case 'unwanted':
      state.apply({ kind: 'given_up', why: executed.rule });
      break;
    case 'impossible':
      noteOtherOrder(state, { code: 'number_of_somebody_else' });
      break;
    case 'expired':
      endLate(state);
      break;
    case 'overtaken':
      return undefined;
  }
  if (state.order.phase === 'creating' && !state.order.wasNeverOpened) giveUp(state);
  return { kind: 'done' };
}

/** WeChat has compared what was sent with what it has: it is another order. */
async function noteTaken(state: OrderState, refusal: Refusal): Promise<void> {
  const opening = state.order.opening as Opened;
  const said = await otherOrder(state);
  const differs = said ? differencesOf(opening, said) : [];
  // Only what is of the same user, app and service can be taken up.
  const isAdoptable = said !== null && isSameOrder(opening, said);
  const why = { code: 'number_taken', differs, isAdoptable } as const;
  state.apply({ kind: 'not_created', why, refusal, isNumberTaken: true });
}

/** Only for words: it is not this order's account, so nothing of it is noted. */
async function otherOrder(state: OrderState): Promise<ServiceOrder | null> {
  try {
    return await getServiceOrderBriefly(keyOf(state));
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return null;
  }
}

/** The order under this number is not the one that was to be created. */
export function noteOtherOrder(state: OrderState, why: Fact): void {
  state.apply({ kind: 'not_created', why, isNumberTaken: true });
}
