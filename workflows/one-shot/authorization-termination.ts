/**
 * Ends a user's authorization. Unknown is not failed: whatever becomes of an answer, WeChat is asked whether the
 * authorization stands, and while it does, the same request goes out again.
 */
import { ActivityFailure, ApplicationFailure, sleep } from '@temporalio/workflow';
import { getAuthorizationState, terminateAuthorization } from '../activities.ts';
import type { OneShots } from '../contract.ts';
import { pause } from '../unknown-outcome/query.ts';
import type { Termination } from '../../schemas/one-shot.ts';
import { failureTypeOf, type FailureType } from '../../payscore/refusals/failure-type.ts';
import { LATE_ARRIVAL_MS } from '../../payscore/times/in-flight.ts';
import { words } from '../words.ts';

const ENDED = { authorization_state: 'UNAVAILABLE' };

/** @throws {ApplicationFailure} that WeChat is proven to have refused, or that a person must set something right first */
export const authorizationTermination: OneShots['authorizationTermination'] = async (
  termination,
) => {
  let isUnknown = false;
  for (let round = 1; ; round++) {
    const failure = await failureOf(terminateAuthorization(termination));
    if (!failure) return ENDED;
    const sentAt = Date.now();
    switch (typeOf(failure)) {
      case 'Refused':
      case 'NotFound':
        // WeChat may refuse because it was done before: by an earlier attempt, by somebody else, by the user.
        if ((await whetherItStands(termination, isUnknown)) === 'ended') return ENDED;
        if (!isUnknown) throw failure;
        await sleep(sentAt + LATE_ARRIVAL_MS - Date.now(), {
          summary: words.summaries.timers.arrived,
        });
        if ((await whetherItStands(termination, isUnknown)) === 'ended') return ENDED;
        throw failure;
      case 'Unaccepted':
      case 'Unknown': {
        isUnknown = true;
        const found = await whetherItStands(termination, isUnknown);
        if (found === 'ended') return ENDED;
        if (found !== 'stands') throw found;
        break;
      }
      case 'Misconfigured':
        if (!isUnknown) throw failure;
        break;
      case 'Throttled':
      case 'NotSent':
        break;
    }
    await pause(round, words.summaries.timers.sendAgain);
  }
};

/** Asks until WeChat says it. That it knows no such authorization settles the matter; to be let ask, an unknown outcome insists. */
async function whetherItStands(
  termination: Termination,
  isUnknown: boolean,
): Promise<'ended' | 'stands' | ApplicationFailure> {
  for (let round = 1; ; round++) {
    try {
      const { authorization_state } = await getAuthorizationState(termination);
      return authorization_state === ENDED.authorization_state ? 'ended' : 'stands';
    } catch (error) {
      const failure = failureIn(error);
      const type = typeOf(failure);
      if (type === 'NotFound' || (type === 'Refused' && !isUnknown)) return failure;
    }
    await pause(round, words.summaries.timers.askAgain);
  }
}

async function failureOf(call: Promise<void>): Promise<ApplicationFailure | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return failureIn(error);
  }
}

/** A worker that was lost, for one, leaves no failure of ours: whether it had sent anything is not known. */
function failureIn(error: unknown): ApplicationFailure {
  if (!(error instanceof ActivityFailure)) throw error;
  if (error.cause instanceof ApplicationFailure) return error.cause;
  return ApplicationFailure.create({ type: 'Unknown' satisfies FailureType });
}

function typeOf(failure: ApplicationFailure): FailureType {
  return failureTypeOf(failure.type);
}
