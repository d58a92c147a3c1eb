/** One thing that must hold of every order. */
import type { Evidence } from './evidence.ts';

/** Says what is wrong, in no sentence, one or several. */
export type Rule = (evidence: Evidence, context: JudgeContext) => readonly string[];

export interface JudgeContext {
  readonly now: number;
  /** Why a refusal with this Request-ID is none of WeChat Pay's; undefined when it is. */
  readonly objectionTo: (request_id: string) => string | undefined;
  /** Whether its creation was answered 401 since then, in ms, by whomever. */
  readonly wasUntaken: (out_order_no: string, since: number) => boolean;
  /** Whether an order may still be waiting for a proof. */
  readonly unsettled: 'accused' | 'let be';
}
