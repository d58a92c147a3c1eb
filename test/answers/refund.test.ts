/** A refund as business code gets it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PresentedRefund, presentedRefund } from '../../answers/refund.ts';
import { EN } from '../../words/en.ts';

const UTC = '2026-11-28T16:30:05.250Z';
const BEIJING = '2026-11-29T00:30:05+08:00';

it('a refund is told as it is documented: times in Beijing time, facts in words, nothing that only compares', () => {
  const told = presentedRefund(
    {
      ...{ out_refund_no: 'B1', amount: 200, state: 'unknown', digest: 'd', by: 'till' },
      ...{ receivedAt: UTC, success_time: UTC, unknownSince: UTC, sentUntil: UTC, isSending: UTC },
      ...{ isOfConsole: true, why: { code: 'refund_number_used' } },
    },
    EN,
  );
  assert.deepEqual(PresentedRefund.parse(told), told);
  assert.deepEqual(told, {
    ...{ out_refund_no: 'B1', amount: 200, state: 'unknown', requested_by: 'till' },
    ...{ received_at: BEIJING, success_time: BEIJING, unknown_since: BEIJING },
    ...{ is_of_console: true, why: 'the out_refund_no was used before, for another refund' },
  });
});
