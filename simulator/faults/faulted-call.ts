/** A call that a fault has struck: what a fault may do with it. */
import type { Response } from 'express';
import * as z from 'zod';
import type { Answer, SealedAnswer } from '../transport/answer.ts';
import { REFUSALS, type RefusalName } from '../transport/refusals.ts';
import type { SpoiltSignature } from './spoilt-signature.ts';

const isRefusalName = (name: string): name is RefusalName => Object.hasOwn(REFUSALS, name);

export const FaultParameters = z.object({
  /** Real time: of an execution or an answer that comes late. */
  delay_seconds: z.number().min(0).max(300).optional(),
  /** A row of the catalogue of refusals. */
  refusal: z.string().refine(isRefusalName, 'no such refusal').optional(),
  /** Where a redirect leads. */
  location: z.url().optional(),
});
export type FaultParameters = z.infer<typeof FaultParameters>;

export interface FaultedCall {
  readonly res: Response;
  readonly parameters: FaultParameters;
  /** The true outcome: the handler has run to its end. */
  execute(): Answer;
  /** The handler runs after the delay, and nobody is answered: its outcome is only recorded. */
  executeLate(): void;
  /** The task runs after so many seconds of real time, unless the simulator has ended. */
  after(seconds: number, task: () => void): void;
  /** As WeChat Pay would send it, signed. */
  seal(answer: Answer): SealedAnswer;
  /** The headers that sign this body as the request asked. */
  sign(body: string): Record<string, string>;
  /** Headers that look so, and must not be believed. */
  signAs(name: SpoiltSignature, body: string): Record<string, string>;
  send(answer: SealedAnswer): void;
  /** Logs an answer that the fault writes by itself, and that may be believed. */
  sentByHand(answer: SealedAnswer): void;
}

export type Strike = (call: FaultedCall) => void;

const USUAL_DELAY_SECONDS = 5;

export function delayOf({ delay_seconds = USUAL_DELAY_SECONDS }: FaultParameters): number {
  return delay_seconds;
}

/** Executed, and answered almost truly. */
export function spoilt(change: (answer: SealedAnswer, call: FaultedCall) => SealedAnswer): Strike {
  return (call) => call.send(change(call.seal(call.execute()), call));
}
