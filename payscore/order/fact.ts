/**
 * Why something is so, as an order keeps it: a code with its values. Words are found where it is shown (`words/`), so that
 * better ones, or another language, change no history.
 */
import type { AskedOperation } from './operation-name.ts';
import type { Phase } from '../rules/phase.ts';

export type Fact = Rule | Hindrance | QueryCause | Ending;
export type FactOf<Code extends Fact['code']> = Extract<Fact, { code: Code }>;

/** Why something asked for is not done. Amounts are fen. */
export type Rule =
  | { readonly code: 'completed_only_in_service'; readonly phase: Phase }
  | {
      readonly code: 'completed_otherwise';
      readonly phase: Phase;
      readonly total_amount?: number | undefined;
    }
  | { readonly code: 'modified_only_while_paying'; readonly phase: Phase }
  | { readonly code: 'not_lower'; readonly total_amount: number }
  | { readonly code: 'not_cancelled_any_more'; readonly phase: Phase }
  | { readonly code: 'synced_only_while_paying'; readonly phase: Phase }
  /** `completedAt`: RFC 3339. */
  | { readonly code: 'paid_before_completion'; readonly completedAt: string }
  | { readonly code: 'was_cancelled' }
  | { readonly code: 'completed_with'; readonly total_amount: number }
  | { readonly code: 'lower_already' }
  | {
      readonly code: 'ended_with';
      readonly phase: Phase;
      readonly total_amount?: number | undefined;
    }
  | { readonly code: 'order_ended'; readonly phase?: Phase }
  | {
      readonly code: 'charged_before';
      readonly amount: number;
      readonly transaction_id?: string | undefined;
    }
  | { readonly code: 'not_done_in_time' }
  | { readonly code: 'run_ended' }
  | { readonly code: 'malformed'; readonly operation: AskedOperation }
  | { readonly code: 'key_reused' }
  | { readonly code: 'too_many_requests'; readonly limit: number }
  | RefundRule;

/** Why a refund is not sent. Amounts are fen, times RFC 3339. */
type RefundRule =
  | { readonly code: 'nothing_to_refund' }
  | { readonly code: 'nothing_owed' }
  | { readonly code: 'reason_needed' }
  | { readonly code: 'refund_too_late'; readonly paidAt: string }
  | { readonly code: 'too_many_refunds'; readonly limit: number }
  | { readonly code: 'refund_above_left'; readonly left: number; readonly total: number }
  | { readonly code: 'refund_number_used' }
  | { readonly code: 'refund_number_elsewhere' };

/** What keeps an order, or an operation, from going on. */
export type Hindrance =
  /** A failure in its own words: of the network, of the worker, of WeChat Pay. */
  | { readonly code: 'failure'; readonly words: string }
  | { readonly code: 'new_run' }
  | { readonly code: 'yes_not_shown' }
  | { readonly code: 'not_sent'; readonly because: Fact }
  | { readonly code: 'calls_not_accepted'; readonly because: Fact }
  | { readonly code: 'outcome_unknown'; readonly because: Fact }
  | { readonly code: 'sent_by_ended_run' }
  | { readonly code: 'answer_of_something_else' }
  | { readonly code: 'charging' }
  | { readonly code: 'refused_and_untold'; readonly error: string; readonly message: string }
  | { readonly code: 'may_still_arrive' }
  | { readonly code: 'calls_unanswered'; readonly because: Fact }
  | { readonly code: 'order_untold'; readonly because: Fact }
  | { readonly code: 'copies_differ' }
  | { readonly code: 'order_forgotten' }
  | { readonly code: 'order_gone' }
  | { readonly code: 'payment_untold'; readonly because: Fact }
  | { readonly code: 'state_not_understood'; readonly state: string }
  | { readonly code: 'not_understood'; readonly said: Said }
  | { readonly code: 'asked_in_vain'; readonly asked: Fact; readonly because: Fact }
  | { readonly code: 'unconfirmed'; readonly asked: Fact };

/** As much of what WeChat Pay tells of an order as says where it stands. */
export interface Said {
  readonly state: string;
  readonly state_description?: string | undefined;
  readonly total_amount?: number | undefined;
  readonly collection?: SaidCollection | undefined;
}

interface SaidCollection {
  readonly state?: string | undefined;
  readonly paid_amount?: number | undefined;
  readonly details: readonly {
    readonly paid_type?: string | undefined;
    readonly amount?: number | undefined;
  }[];
}

/** Why WeChat Pay must be asked until it has told. */
export type QueryCause =
  | { readonly code: 'authorization_told' }
  | { readonly code: 'payment_not_kept' }
  | { readonly code: 'payment_not_believed'; readonly because: Fact }
  | { readonly code: 'worker_could_not_open' }
  | { readonly code: 'payment_contradicts' }
  | { readonly code: 'total_raised'; readonly total_amount: number; readonly agreed: number };

/** Why an order is given up, or has ended without having existed. */
export type Ending =
  | { readonly code: 'withdrawn' }
  | { readonly code: 'nothing_created'; readonly because: Fact }
  | { readonly code: 'never_accepted'; readonly because: Fact }
  | { readonly code: 'creation_refused'; readonly message: string }
  | { readonly code: 'given_up_and_cancelled'; readonly because: Fact }
  | { readonly code: 'told_too_late' }
  | { readonly code: 'in_confirm_mode' }
  | { readonly code: 'created_in_confirm_mode' }
  | { readonly code: 'not_told_in_time' }
  /** RFC 3339. */
  | { readonly code: 'nobody_waited'; readonly since: string }
  | { readonly code: 'of_somebody_else' }
  | {
      readonly code: 'number_taken';
      /** The fields in which it differs; none of what WeChat Pay shows, where it is empty. */
      readonly differs: readonly string[];
      readonly isAdoptable: boolean;
    }
  | { readonly code: 'number_of_somebody_else' }
  | { readonly code: 'other_under_number'; readonly state: string }
  | { readonly code: 'none_under_number' }
  | { readonly code: 'not_let_ask' }
  | { readonly code: 'permission_unasked'; readonly because: Fact }
  | { readonly code: 'not_authorised_in_time'; readonly authorization_state: string }
  | { readonly code: 'authorised_for_nobody' }
  | {
      readonly code: 'not_invited';
      readonly authorization_state: string;
      readonly because: Fact;
    };

/** A failure in its own words. */
export function failure(words: string): FactOf<'failure'> {
  return { code: 'failure', words };
}

/** That what WeChat Pay tells of an order decides nothing, with as much of it as says why. */
export function notUnderstood({
  state,
  state_description,
  total_amount,
  collection,
}: Said): FactOf<'not_understood'> {
  const { state: collected, paid_amount, details = [] } = collection ?? {};
  const parts = details.map(({ paid_type, amount }) => ({ paid_type, amount }));
  return {
    code: 'not_understood',
    said: {
      state,
      state_description,
      total_amount,
      ...(collection && { collection: { state: collected, paid_amount, details: parts } }),
    },
  };
}

/** Also of what else is kept as a code with its values. */
export function isSame<It extends { readonly code: string }>(
  one: It | undefined,
  other: It | undefined,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
