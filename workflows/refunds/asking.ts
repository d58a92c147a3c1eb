/** Asks WeChat Pay for a refund until it has told, ever more rarely. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { getRefund } from '../activities.ts';
import { isUnaccepted, whyOf } from '../unknown-outcome/activity-failure.ts';
import { pause } from '../unknown-outcome/query.ts';
import type { RefundsState } from './refunds-state.ts';
import { withRefund } from '../../payscore/refunds/refunds.ts';
import type { Refund } from '../../schemas/refund.ts';
import { words } from '../words.ts';

/** Some seconds to begin with: who asks has just been told something, or nothing. */
const FIRST_ROUND = 5;

/** @returns null where WeChat Pay does not know the number, or will not tell and that is enough */
export async function askRefund(
  state: RefundsState,
  out_refund_no: string,
  isEnough: (failed: ActivityFailure) => boolean = () => false,
): Promise<Refund | null> {
  for (let round = FIRST_ROUND; ; round++) {
    try {
      const said = await getRefund(out_refund_no);
      state.change((all) => ({ ...all, misconfigured: undefined }));
      return said;
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      if (isEnough(error)) return null;
      noteFailure(state, out_refund_no, error);
    }
    await pause(round, words.summaries.timers.askForRefund);
  }
}

/** Beside the refund, and where only a person can mend it, for all of them. */
export function noteFailure(
  state: RefundsState,
  out_refund_no: string,
  failed: ActivityFailure,
): void {
  const why = whyOf(failed);
  state.change((all) => ({
    ...withRefund(all, out_refund_no, { why }),
    ...(isUnaccepted(failed) && { misconfigured: why }),
  }));
}
