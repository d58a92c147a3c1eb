/** Looks, ever more rarely, whether a refund has reached the user. A notification may be faster. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { awaitRefund } from '../activities.ts';
import { pause } from '../unknown-outcome/query.ts';
import { noteFailure } from './asking.ts';
import type { RefundsState } from './refunds-state.ts';
import { refundOf, withRefund } from '../../payscore/refunds/refunds.ts';
import { isAbout, told } from '../../payscore/refunds/told.ts';
import type { RefundStatus } from '../../schemas/refund.ts';
import { words } from '../words.ts';

export async function watch(state: RefundsState, out_refund_no: string): Promise<void> {
  for (let round = 5; ; round++) {
    const refund = refundOf(state.all, out_refund_no);
    if (refund?.state !== 'processing' && refund?.state !== 'abnormal') return;
    try {
      const said = await awaitRefund(out_refund_no, statusOf(refund.state));
      if (said && isAbout(state.all, said)) {
        state.change((all) => told(all, said, new Date()));
        continue;
      }
      const why = { code: 'order_gone' } as const;
      state.change((all) => withRefund(all, out_refund_no, { why }));
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      noteFailure(state, out_refund_no, error);
    }
    await pause(round, words.summaries.timers.askForRefund);
  }
}

function statusOf(state: 'processing' | 'abnormal'): RefundStatus {
  return state === 'processing' ? 'PROCESSING' : 'ABNORMAL';
}
