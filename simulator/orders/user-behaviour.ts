/** What WeChat Pay knows about a user that merchants never learn: whether orders pass, charges succeed, permissions are told. */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import type { RefusalName } from '../transport/refusals.ts';
import { Refused } from '../refunds/refund-script.ts';
import { ChargeScript } from './charge-script.ts';
import { Telling } from './telling.ts';

/** What a user's creations come to. */
const CREATIONS = {
  passes: undefined,
  /** 200 with CREATED, which in confirm-free mode is a failure. */
  stays_created: undefined,
  risk_refused: 'riskRefused',
  /** The same, in the words of the questions and answers of the confirm-free mode. */
  risk_not_passed: 'riskNotPassed',
  open_orders: 'openOrders',
  too_many_orders: 'tooManyOrders',
  overdue: 'overdue',
  teen_mode: 'teenMode',
  no_auth: 'noPermission',
  not_an_openid: 'notAnOpenid',
  too_frequent: 'tooFrequent',
} as const satisfies Record<string, RefusalName | undefined>;
export type Creation = keyof typeof CREATIONS;

/** What asking for the user's permission by openid comes to. */
const PERMISSIONS = {
  told: undefined,
  /** For good, although there is one. */
  not_exist: 'permissionNotFound',
  /** For good, as merchants saw it for an openid of another appid (docs/wechatpay-facts.md#permission-query-errors). */
  system_error: 'system',
  no_auth: 'checkAuthorisation',
} as const satisfies Record<string, RefusalName | undefined>;
export type PermissionBehaviour = keyof typeof PERMISSIONS;

export const BehaviourChange = z.strictObject({
  creation: z.enum(Object.keys(CREATIONS) as [Creation, ...Creation[]]).optional(),
  permission: z
    .enum(Object.keys(PERMISSIONS) as [PermissionBehaviour, ...PermissionBehaviour[]])
    .optional(),
  /** What refunds to the user come to: accepted, or refused for good. */
  refund: z.enum(['accepted', ...Refused.options]).optional(),
  /** Written into every order that the user opens from now on; null for none. */
  charging: ChargeScript.nullable().optional(),
  /** How messages tell of every order that the user opens from now on; null for the usual way. */
  telling: Telling.nullable().optional(),
  /** Who the user really is: several openids may be one person. Null: nobody else. */
  real_name: z.string().min(1).max(64).nullable().optional(),
});
export type BehaviourChange = z.input<typeof BehaviourChange>;

export interface Behaviour {
  readonly creation: Creation;
  readonly permission: PermissionBehaviour;
  readonly refund: 'accepted' | Refused;
  readonly charging: ChargeScript | null;
  readonly telling: Telling | null;
  readonly real_name: string | null;
}

/** By openid. */
export type Behaviours = Collection<Behaviour>;

const ORDINARY: Behaviour = {
  creation: 'passes',
  permission: 'told',
  refund: 'accepted',
  charging: null,
  telling: null,
  real_name: null,
};

export function behaviourOf(behaviours: Behaviours, openid: string): Behaviour {
  return { ...ORDINARY, ...behaviours.get(openid) };
}

export function changeBehaviour(
  behaviours: Behaviours,
  openid: string,
  change: z.infer<typeof BehaviourChange>,
) {
  const before = behaviourOf(behaviours, openid);
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  behaviours.put(openid, { ...before, ...Object.fromEntries(said) });
}

export function refusalFor({ creation }: Behaviour): RefusalName | undefined {
  return CREATIONS[creation];
}

export function permissionRefusalFor({ permission }: Behaviour): RefusalName | undefined {
  return PERMISSIONS[permission];
}
