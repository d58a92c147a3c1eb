/** Sides in which all policies are taken at once: every one may be changed afterwards. */
import * as z from 'zod';
import type { Policies } from './policies.ts';

export const Preset = z.enum(['usual', 'strict', 'lenient']);
export type Preset = z.infer<typeof Preset>;

/** What each takes otherwise than the defaults; where the sides are not a narrow and a generous one, none does. */
export const PRESETS: Record<Preset, Partial<Policies>> = {
  usual: {},
  strict: {
    create_time_check: 'before_repeat',
    complete_repeat: 'never',
    modify_repeat: 'never',
    sync_repeat: 'never',
    parameter_error: 'message',
    unknown_fields: 'refused',
    path_in_body: 'refused',
    end_time_now: 'refused',
    cancel_while_paying: 'refused',
    cancel_reason_length: 30,
    modify_limit: 'once',
    modify_equal: 'refused',
    modify_to_zero: 'refused',
    sync_tolerance_seconds: 0,
    order_of_others: 'NO_AUTH',
    second_preparation: 'never',
    order_number_alphabet: 'narrow',
    notify_url_scheme: 'https',
    attach_length: 200,
    attach_unit: 'bytes',
    permission_schedule: 'current',
    refund_interval: 'INVALID_REQUEST',
    refund_number_alphabet: 'narrow',
    refund_schedule: 'fifteen_sends',
  },
  lenient: {
    parameter_error: 'detail',
    system_error: 'signed',
    complete_repeat: 'any',
    cancel_repeat: 'any',
    sync_repeat: 'any',
    cancel_service_id: 'optional',
    terminate_reason_length: 80,
    second_preparation: 'always',
    repeated_termination: 'accepted',
    order_schedule: '2020',
    refund_repeat: 'amounts',
    refund_interval: 'none',
    console_refund_notification: 'sent',
    available_refunds_in_bill: 'present',
  },
};
