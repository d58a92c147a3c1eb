/** What a user was let off, by whom: of every order that ends without a row for all that it was completed with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waiverOf, type Waived } from '../../../payscore/rules/waiver.ts';

const AT = '2026-10-01T04:00:00.000Z';
type Record = Waived['operations'][number];
const done = (operation: Record['operation'], total?: number, by = 'till'): Record => ({
  ...{ operation, state: 'done', receivedAt: AT, by },
  ...(total !== undefined && { total }),
});
const completed = done('complete', 800, 'gate');
const asked = { at: AT, by: 'till' };

// what, the order, what it was let off
const CASES: readonly (readonly [string, Waived, ReturnType<typeof waiverOf>])[] = [
  [
    'cancelled after it was completed',
    { phase: 'cancelled', operations: [completed, done('cancel')] },
    { code: 'cancelled_after_completion', amount: 800, ...asked },
  ],
  [
    'cancelled after it was lowered',
    { phase: 'cancelled', operations: [completed, done('modify', 300), done('cancel')] },
    { code: 'cancelled_after_completion', amount: 300, ...asked },
  ],
  [
    'cancelled in the console after it was completed by a run of before',
    { phase: 'cancelled', completedAt: AT, total_amount: 700, operations: [] },
    { code: 'cancelled_after_completion', amount: 700 },
  ],
  ['cancelled in service', { phase: 'cancelled', operations: [done('cancel')] }, undefined],
  [
    'lowered',
    { phase: 'paid', total_amount: 300, operations: [completed, done('modify', 300)] },
    { code: 'lowered', amount: 500, ...asked },
  ],
  [
    'lowered in the console',
    { phase: 'paid', total_amount: 300, operations: [completed] },
    { code: 'lowered', amount: 500 },
  ],
  [
    'to be lowered, which was refused',
    {
      ...{ phase: 'paid', total_amount: 800 },
      operations: [completed, { ...done('modify', 300), state: 'refused' }],
    },
    undefined,
  ],
  ['charged in full', { phase: 'paid', total_amount: 800, operations: [completed] }, undefined],
  [
    'settled elsewhere',
    { phase: 'paid_elsewhere', total_amount: 800, operations: [completed, done('sync')] },
    { code: 'settled_elsewhere', amount: 800, ...asked },
  ],
  [
    'completed with nothing to pay',
    { phase: 'free', total_amount: 0, operations: [done('complete', 0)] },
    { code: 'nothing_to_pay', amount: 0, ...asked },
  ],
  ...(['creating', 'in_service', 'paying', 'rejected', 'unauthorized', 'authorizing'] as const).map(
    (phase) => [phase, { phase, operations: [completed] }, undefined] as const,
  ),
];
for (const [what, order, waiver] of CASES) {
  test(`an order that is ${what} was let off ${waiver ? (waiver.amount ?? 'something') : 'nothing'}`, () => {
    assert.deepEqual(waiverOf(order), waiver);
  });
}
