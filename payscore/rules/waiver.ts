/** What business code, or somebody in the merchant console, let a user off: no bill has a row of it. */
import type { OperationRecord } from '../order/operation.ts';
import type { Phase } from './phase.ts';

export const WAIVERS = [
  /** Cancelled after it had been completed: nothing is charged. */
  'cancelled_after_completion',
  /** Charged less than it was completed with. */
  'lowered',
  /** The user paid the merchant directly, it is said. */
  'settled_elsewhere',
  /** Completed with nothing to pay. */
  'nothing_to_pay',
] as const;
export type WaiverCode = (typeof WAIVERS)[number];

export interface Waiver {
  readonly code: WaiverCode;
  /** In fen, what is not charged; undefined where the amount was never told here. */
  readonly amount?: number;
  /** The name of the API key by which it was asked for; absent where none was needed, or nobody here asked. */
  readonly by?: string;
  /** When it was asked for, RFC 3339; absent where nobody here did: it was done in the merchant console. */
  readonly at?: string;
}

/** As much of an order as tells what it was let off. */
export interface Waived {
  readonly phase: Phase;
  /** WeChat's last word, in fen. */
  readonly total_amount?: number | undefined;
  /** When the completion that WeChat took was begun. */
  readonly completedAt?: string | undefined;
  readonly operations: readonly Pick<
    OperationRecord,
    'operation' | 'state' | 'total' | 'by' | 'receivedAt'
  >[];
}

/** Of an order that has ended; undefined where the user was let off nothing. */
export function waiverOf(order: Waived): Waiver | undefined {
  const { phase, total_amount, completedAt, operations } = order;
  const done = (operation: OperationRecord['operation']) =>
    operations.findLast((it) => it.operation === operation && it.state === 'done');
  const completed = done('complete');
  const isCompleted = completed !== undefined || completedAt !== undefined;
  switch (phase) {
    case 'cancelled':
      return isCompleted
        ? waiver(
            'cancelled_after_completion',
            lastTotal(operations) ?? total_amount,
            done('cancel'),
          )
        : undefined;
    case 'paid_elsewhere':
      return waiver('settled_elsewhere', total_amount, done('sync'));
    case 'free':
      return waiver('nothing_to_pay', completed?.total ?? total_amount, completed);
    case 'paid': {
      const first = completed?.total;
      const lowered = first !== undefined && total_amount !== undefined ? first - total_amount : 0;
      return lowered > 0 ? waiver('lowered', lowered, done('modify')) : undefined;
    }
    case 'authorizing':
    case 'creating':
    case 'in_service':
    case 'paying':
    case 'rejected':
    case 'unauthorized':
      return undefined;
  }
}

function lastTotal(operations: Waived['operations']): number | undefined {
  return operations.findLast(({ state, total }) => state === 'done' && total !== undefined)?.total;
}

function waiver(
  code: WaiverCode,
  amount: number | undefined,
  asked: Waived['operations'][number] | undefined,
): Waiver {
  return {
    code,
    ...(amount !== undefined && { amount }),
    ...(asked?.by !== undefined && { by: asked.by }),
    ...(asked && { at: asked.receivedAt }),
  };
}
