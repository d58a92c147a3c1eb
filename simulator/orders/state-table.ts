/** Where an order stands, and what each call may do to it there: the whole state table. */
import type { Policies } from '../policies.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Order } from './order.ts';

export type Standing =
  | 'CREATED'
  | 'USER_CONFIRM'
  | 'USER_PAYING'
  | 'USER_PAID'
  | 'NOTHING_TO_PAY'
  | 'REVOKED'
  | 'EXPIRED';

type Cell = 'allowed' | RefusalName;

const everywhere = (cell: Cell): Record<Standing, Cell> => ({
  CREATED: cell,
  USER_CONFIRM: cell,
  USER_PAYING: cell,
  USER_PAID: cell,
  NOTHING_TO_PAY: cell,
  REVOKED: cell,
  EXPIRED: cell,
});

const whilePaying = { ...everywhere('onlyWhilePaying'), USER_PAYING: 'allowed' } as const;

export const STATE_TABLE = {
  query: everywhere('allowed'),
  cancel: {
    CREATED: 'allowed',
    USER_CONFIRM: 'allowed',
    USER_PAYING: 'allowed',
    USER_PAID: 'notCancellable',
    NOTHING_TO_PAY: 'notCancellable',
    REVOKED: 'alreadyCancelled',
    EXPIRED: 'notCancellable',
  },
  complete: {
    CREATED: 'awaitsConfirmation',
    USER_CONFIRM: 'allowed',
    USER_PAYING: 'orderState',
    USER_PAID: 'orderState',
    NOTHING_TO_PAY: 'orderState',
    REVOKED: 'orderRevoked',
    EXPIRED: 'orderState',
  },
  modify: whilePaying,
  sync: whilePaying,
  pay: whilePaying,
  /** WeChat Pay's own attempts, and the user's on the order's page. */
  charge: whilePaying,
  /** The user's, which a confirm-free service does not ask for. */
  confirm: { ...everywhere('orderState'), CREATED: 'allowed' },
} as const satisfies Record<string, Record<Standing, Cell>>;

export type Operation = keyof typeof STATE_TABLE;

export function standingOf({ state, state_description, collection }: Order): Standing {
  switch (state) {
    case 'CREATED':
    case 'REVOKED':
    case 'EXPIRED':
      return state;
    case 'DOING':
      return state_description === 'MCH_COMPLETE' ? 'USER_PAYING' : 'USER_CONFIRM';
    case 'DONE':
      return collection === undefined ? 'NOTHING_TO_PAY' : 'USER_PAID';
  }
}

export function isAllowed(operation: Operation, order: Order): boolean {
  return STATE_TABLE[operation][standingOf(order)] === 'allowed';
}

/** Nothing happens to it any more: it hinders no termination. */
export function isFinal({ state }: Order): boolean {
  return state !== 'CREATED' && state !== 'DOING';
}

/** @throws {RefusalError} of the table's cell */
export function checkStanding(operation: Operation, order: Order, policies: Policies): void {
  const standing = standingOf(order);
  const refusal = cellOf(operation, standing, policies);
  if (refusal === 'allowed') return;
  throw new RefusalError(refusal, undefined, codeFor(standing, policies));
}

function cellOf(operation: Operation, standing: Standing, policies: Policies): Cell {
  const isCancelWhilePaying = operation === 'cancel' && standing === 'USER_PAYING';
  if (isCancelWhilePaying && policies.cancel_while_paying === 'refused') return 'notCancellable';
  return STATE_TABLE[operation][standing];
}

/** Instead of the refusal's own; undefined to leave that. */
function codeFor(standing: Standing, { wrong_state_code }: Policies): string | undefined {
  if (wrong_state_code === 'as_seen') return undefined;
  if (wrong_state_code !== 'INVALID_ORDER_STATE') return wrong_state_code;
  if (standing === 'REVOKED') return 'ORDER_CANCELED';
  return standing === 'USER_PAID' || standing === 'NOTHING_TO_PAY'
    ? 'ORDER_DONE'
    : wrong_state_code;
}
