/** What happened to an order, and when: facts, worded where they are shown. */
import type { Fact } from './fact.ts';
import type { Operation, Source } from './operation-name.ts';
import type { Refusal } from '../refusals/refusal.ts';
import type { Phase } from '../rules/phase.ts';
import type { Trouble } from '../rules/trouble.ts';

export interface TimelineEntry {
  /** RFC 3339, Beijing. */
  readonly at: string;
  readonly event: Happening;
}

type Said = Pick<Refusal, 'code' | 'message' | 'request_id'>;

export type Happening =
  | { readonly code: 'opened'; readonly by?: string }
  | { readonly code: 'taken_up' }
  | { readonly code: 'taken_up_again' }
  | { readonly code: 'answer_too_late' }
  | { readonly code: 'invited' }
  | { readonly code: 'invitation_renewed' }
  | { readonly code: 'withdrawn' }
  | { readonly code: 'given_up'; readonly because: Fact }
  | {
      readonly code: 'ended';
      readonly phase: Phase;
      readonly because: Fact;
      readonly refusal?: Said;
    }
  | { readonly code: 'never_opened'; readonly because: Fact }
  | { readonly code: 'permission'; readonly authorization_state: string }
  | { readonly code: 'permission_given_later' }
  /** When somebody last waited, RFC 3339. */
  | { readonly code: 'permission_for_nobody'; readonly awaitedAt: string }
  | { readonly code: 'to_be_asked'; readonly because: Fact }
  | {
      readonly code: 'told';
      readonly by: Source;
      /** WeChat's own words of where the order stands. */
      readonly standing: string;
      /** Why it changes nothing. */
      readonly aside?: 'unclear' | 'only_a_query_settles' | 'older' | 'unwanted';
    }
  | { readonly code: 'total_raised'; readonly total_amount: number; readonly agreed: number }
  /** `total` in fen. */
  | {
      readonly code: 'asked_for';
      readonly operation: Operation;
      readonly total?: number;
      /** The name of an API key. */
      readonly by?: string;
    }
  /** In fen. */
  | { readonly code: 'refunded'; readonly amount: number }
  | { readonly code: 'settled'; readonly amount: number; readonly by?: string }
  | { readonly code: 'declined'; readonly operation: Operation; readonly because: Fact }
  | { readonly code: 'not_carried_out'; readonly operation: Operation; readonly because: Fact }
  | { readonly code: 'refused'; readonly operation: Operation; readonly refusal: Said }
  | {
      readonly code: 'trouble';
      readonly trouble: Trouble;
      readonly because?: Fact | undefined;
      readonly refusal?: Said | undefined;
    };

/** Of a refusal no more than what tells it from others. */
export function saidIn({ code, message, request_id }: Refusal): Said {
  return { code, message, request_id };
}
