/** What a service order is in the model, and how an operation on it may end. */
import type { CreateBody, RandomPolicies } from './order-operations.ts';

export const STANDINGS = [
  'CREATED',
  'IN_SERVICE',
  'PAYING',
  'CHARGED',
  'PAID_ELSEWHERE',
  'FREE',
  'REVOKED',
  'EXPIRED',
] as const;
export type Standing = (typeof STANDINGS)[number];

export interface OrderModel {
  standing: Standing;
  created: CreateBody;
  /** Seconds since the case began, as all moments here. */
  accepted: number;
  /** When the service starts as the creation said it. */
  start: number;
  total: number;
  completed?: { at: number; total: number };
  /** The total that the last modification asked for. */
  modified?: number;
  modifications: number;
  windowUntil: number;
  script?: { failures: number | 'always'; since: number; made: number; failed: number };
  /** How each payment was collected by WeChat Pay: once at most. */
  charges: { total: number; channel: 'AUTH' | 'JSAPI' }[];
  /** USER_PAID, sent or to be sent. */
  notices: number;
  /** As the ledger should tell it. */
  events: string[];
}

export interface Model {
  readonly policies: RandomPolicies;
  now: number;
  isAuthorised: boolean;
  readonly orders: (OrderModel | undefined)[];
}

/** Allowed, with or without a change; or refused with one of these statuses, by the order's state or for another reason. */
export type Verdict =
  'allowed' | { readonly statuses: readonly number[]; readonly by: 'state' | 'other' };

export const refused = (...statuses: number[]): Verdict => ({ statuses, by: 'other' });
export const WRONG_STATE: Verdict = { statuses: [400], by: 'state' };
export const REFUSED = refused(400);
export const UNKNOWN = refused(404);

/** `starts soon`: in the middle of a minute, so that the seconds that a case takes do not matter. */
export const SOON = 630;

export function isFinal({ standing }: OrderModel): boolean {
  return !['CREATED', 'IN_SERVICE', 'PAYING'].includes(standing);
}

export function repeats(policy: 'same' | 'any' | 'never', isSame: boolean): boolean {
  return policy === 'any' || (policy === 'same' && isSame);
}
