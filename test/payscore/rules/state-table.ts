/** Every combination of what WeChat can say about where an order stands, and what the documents read it as. */
import type { ServiceOrder } from '../../../schemas/service-order.ts';
import { mch, newton } from '../order/orders.ts';

export const STATES = [
  ...['CREATED', 'DOING', 'DONE', 'REVOKED', 'EXPIRED'],
  // not known yet
  ...['SUSPENDED', ''],
] as const;
const DESCRIPTIONS = ['absent', 'USER_CONFIRM', 'MCH_COMPLETE', 'MCH_PAUSED'] as const;
type Collection = ServiceOrder['collection'];
const TOTALS = { absent: undefined, zero: 0, some: 800 };

export const paid = (details: object[]) => ({ state: 'USER_PAID', details }) as Collection;
const coin = { ...newton, paid_type: 'COIN' };
const COLLECTIONS: Readonly<Record<string, Collection>> = {
  absent: undefined,
  USER_PAYING: { state: 'USER_PAYING', details: [] },
  newton: paid([newton]),
  mch: paid([mch]),
  mixed: paid([mch, newton]),
  'newton+unknown': paid([coin, newton]),
  unknown: paid([coin]),
  'mch+unknown': paid([mch, coin]),
  none: paid([]),
  newton0: paid([{ ...newton, amount: 0 }]),
  USER_REFUNDED: { state: 'USER_REFUNDED', details: [] },
};

/**
 * The state table of the reference (5.4) and of the design (2), one line per phase: state, description, collection,
 * total. WeChat says a description only in DOING (5.2); in other states it decides nothing. A combination that no line
 * names is unclear: CREATED, which the confirm-free mode does not know, unknown values, and contradictions.
 */
export const TABLE = [
  // the service is running; charging has not begun
  ['DOING', 'USER_CONFIRM', 'absent', 'any', 'in_service'],
  // the answer of complete has no collection (8.3)
  ['DOING', 'MCH_COMPLETE', 'absent USER_PAYING', 'any', 'paying'],
  // NEWTON with an amount: charged by pay score, whatever else was settled
  ['DONE', 'any', 'newton mixed newton+unknown', 'any', 'paid'],
  // NEWTON of nothing: a coupon paid for all of it, or nothing was left to pay
  ['DONE', 'any', 'newton0', 'some absent', 'paid'],
  ['DONE', 'any', 'newton0', 'zero', 'free'],
  ['DONE', 'any', 'mch', 'any', 'paid_elsewhere'],
  // the collection is absent if completed with total 0
  ['DONE', 'any', 'absent', 'zero', 'free'],
  // cancelled, at the latest while WeChat was charging
  ['REVOKED', 'any', 'absent USER_PAYING', 'any', 'cancelled'],
  // CREATED for 30 days: nothing was ever charged
  ['EXPIRED', 'any', 'absent', 'any', 'cancelled'],
] as const;

export const combinations = STATES.flatMap((state) =>
  DESCRIPTIONS.flatMap((description) =>
    Object.keys(COLLECTIONS).flatMap((collection) =>
      Object.keys(TOTALS).map((total) => [state, description, collection, total] as const),
    ),
  ),
);
export type Combination = (typeof combinations)[number];

export const linesOf = (combination: Combination) =>
  TABLE.filter(([...line]) =>
    combination.every((value, column) =>
      ['any', value].some((word) => line[column]?.split(' ').includes(word)),
    ),
  );

export function standingOf([state, description, collection, total]: Combination) {
  return {
    state,
    state_description: description === 'absent' ? undefined : description,
    collection: COLLECTIONS[collection],
    total_amount: TOTALS[total as keyof typeof TOTALS],
  };
}
