/** What WeChat Pay does where its documents are silent or contradict each other: one switch for each question. */
import * as z from 'zod';
import type { Collection } from './journal.ts';

/** `same`: an identical body is answered again; `any`: every body is; `never`: none is. */
const Repeat = z.enum(['same', 'any', 'never']);
const Sent = z.enum(['none', 'sent']);
const Allowed = z.enum(['allowed', 'refused']);

/** R§ names the section of the API's reference that leaves the question open. */
export const Policies = z.strictObject({
  /** What a creation that passes comes to; CREATED is a creation that failed with 200. R§0.3, 4.7. Default DOING. */
  create_state: z.enum(['DOING', 'CREATED']),
  /** Whether the answer to a creation holds a `package`. R§4.6. Default absent. */
  create_package: z.enum(['absent', 'present']),
  /** Whether a repeated creation is refused for times that have passed since. R§4.9. Default after_repeat. */
  create_time_check: z.enum(['after_repeat', 'before_repeat']),
  /** R§4.9. Default same. */
  create_repeat: Repeat,
  /** R§8.4. Default same; `never` leaves a repetition to the state table. */
  complete_repeat: Repeat,
  /** R§6: `same` compares the reason too. Default same. */
  cancel_repeat: Repeat,
  /** R§7. Default same; `never` takes a repetition for another modification. */
  modify_repeat: z.enum(['same', 'never']),
  /** R§9. Default same. */
  sync_repeat: Repeat,
  /** Whether an order can be cancelled after its completion. R§6. Default allowed. */
  cancel_while_paying: Allowed,
  /** R§6. Default required. */
  cancel_service_id: z.enum(['required', 'optional']),
  /** Characters. R§6. Default 50. */
  cancel_reason_length: z.literal([50, 30]),
  /** Characters. R§3. Default 50. */
  terminate_reason_length: z.literal([50, 80]),
  /** How often a total may be modified. R§7. Default none. */
  modify_limit: z.enum(['none', 'once']),
  /** A modification to the total that the order has already. R§7. Default allowed. */
  modify_equal: Allowed,
  /** `done` as after a completion with nothing to pay; `stays` leaves 0 to be charged. R§5.4, 7. Default done. */
  modify_to_zero: z.enum(['done', 'stays', 'refused']),
  /** USER_PAID where there was nothing to pay. R§10.4. Default none. */
  zero_total_notification: Sent,
  /** USER_PAID after a synchronisation. R§9. Default none. */
  sync_notification: Sent,
  /** How far after the call a payment told by sync may lie. R§9. Default 60. */
  sync_tolerance_seconds: z.literal([60, 0]),
  /** Which moment of its day a `paid_time` of eight digits is: 00:00:00 or 23:59:59. R§9. Default begins. */
  sync_day: z.enum(['begins', 'ends']),
  /**
   * The code of a call in the wrong state: as merchants have seen it for that call, one of the two for all,
   * or as the error table prints it, with ORDER_CANCELED and ORDER_DONE. R§15. Default as_seen.
   */
  wrong_state_code: z.enum(['as_seen', 'INVALID_REQUEST', 'PARAM_ERROR', 'INVALID_ORDER_STATE']),
  /** Whether a known authorization_code gets a fresh token: while nobody holds it, always, never. R§2. Default until_bound. */
  second_preparation: z.enum(['until_bound', 'always', 'never']),
  /** Terminating what has been revoked already. R§3. Default refused. */
  repeated_termination: z.enum(['refused', 'accepted']),
  /** The alphabet of out_order_no: with `|` and `*`, or without. R§0.4. Default wide. */
  order_number_alphabet: z.enum(['wide', 'narrow']),
  /** What a notify_url may begin with, at a creation and a pre-permission. R§10.6. Default http_or_https. */
  notify_url_scheme: z.enum(['http_or_https', 'https']),
  /** Characters, at a creation. R§4.1, 10.4. Default 256. */
  attach_length: z.literal([256, 200]),
  /** For USER_PAID and USER_CONFIRM. R§10.7. Default current. */
  order_schedule: z.enum(['current', '2020']),
  /** For USER_OPEN_SERVICE and USER_CLOSE_SERVICE. R§10.7. Default three_days. */
  permission_schedule: z.enum(['three_days', 'current', '2020']),
});
export type Policies = z.infer<typeof Policies>;

export const PolicyChange = Policies.partial();
export type PolicyChange = z.infer<typeof PolicyChange>;

const DEFAULTS: Policies = {
  create_state: 'DOING',
  create_package: 'absent',
  create_time_check: 'after_repeat',
  create_repeat: 'same',
  complete_repeat: 'same',
  cancel_repeat: 'same',
  modify_repeat: 'same',
  sync_repeat: 'same',
  cancel_while_paying: 'allowed',
  cancel_service_id: 'required',
  cancel_reason_length: 50,
  terminate_reason_length: 50,
  modify_limit: 'none',
  modify_equal: 'allowed',
  modify_to_zero: 'done',
  zero_total_notification: 'none',
  sync_notification: 'none',
  sync_tolerance_seconds: 60,
  sync_day: 'begins',
  wrong_state_code: 'as_seen',
  second_preparation: 'until_bound',
  repeated_termination: 'refused',
  order_number_alphabet: 'wide',
  notify_url_scheme: 'http_or_https',
  attach_length: 256,
  order_schedule: 'current',
  permission_schedule: 'three_days',
};

export interface PolicyBook {
  now(): Policies;
  change(change: PolicyChange): void;
  /** Back to the defaults. */
  reset(): void;
}

/** What was decided before the start is remembered; what the options say goes before it. */
export function createPolicies(kept: Collection<Policies>, options: PolicyChange): PolicyBook {
  const now = () => ({ ...DEFAULTS, ...kept.get('policies') });
  const change = (to: PolicyChange) => {
    const said = Object.entries(to).filter(([, value]) => value !== undefined);
    kept.put('policies', Policies.parse({ ...now(), ...Object.fromEntries(said) }));
  };

  if (Object.keys(options).length > 0) change(options);
  return { now, change, reset: () => kept.put('policies', DEFAULTS) };
}
