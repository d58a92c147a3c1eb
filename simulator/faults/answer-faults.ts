/** Every fault of an answer: whether the call is executed, and what becomes of its answer. */
import * as z from 'zod';
import { gzipBomb, halfJson, halfJsonSigned, notJson, oversized, shortBody } from './body.ts';
import {
  accepted202,
  cut,
  executedLate,
  executedThen500,
  executedThen500Unsigned,
  executedThen502,
  executedThenCut,
  executedThenThrottled,
  refused,
  refusedAs,
  refusedExecutedLate,
  refusedUnsigned,
  unsigned502,
  unsignedAs,
} from './execution.ts';
import { foldedHeaders, noRequestId, redirect, repeatedHeaders } from './head.ts';
import { slow, slowBody } from './pace.ts';
import type { SpoiltSignature } from './spoilt-signature.ts';
import { spoilt, type Strike } from './faulted-call.ts';

export interface AnswerFault {
  readonly executed: 'yes' | 'no' | 'later';
  readonly strike: Strike;
  /** Whether chance may choose it: always, when it is named, or never. Default: always. */
  readonly atRandom?: 'when-named' | 'never';
}

export const ANSWER_FAULTS = {
  'executed-then-500': { executed: 'yes', strike: executedThen500 },
  'executed-then-502-unsigned': { executed: 'yes', strike: executedThen502 },
  'executed-then-cut': { executed: 'yes', strike: executedThenCut },
  'executed-then-500-unsigned': { executed: 'yes', strike: executedThen500Unsigned },
  'executed-then-throttled': {
    executed: 'yes',
    strike: executedThenThrottled,
    atRandom: 'when-named',
  },
  'executed-late': { executed: 'later', strike: executedLate },

  cut: { executed: 'no', strike: cut },
  'accepted-202': { executed: 'no', strike: accepted202 },
  throttled: { executed: 'no', strike: refusedAs('tooFrequent') },
  'throttled-by-gateway': { executed: 'no', strike: refusedAs('rateLimit') },
  'not-executed-500': { executed: 'no', strike: refusedAs('system') },
  'unsigned-502': { executed: 'no', strike: unsigned502 },
  'unavailable-503': { executed: 'no', strike: refusedAs('unavailable') },
  'refused-executed-late': {
    executed: 'later',
    strike: refusedExecutedLate,
    atRandom: 'when-named',
  },
  'throttled-unsigned': { executed: 'no', strike: unsignedAs('tooFrequent') },
  'not-executed-500-unsigned': { executed: 'no', strike: unsignedAs('system') },
  'unavailable-503-unsigned': { executed: 'no', strike: unsignedAs('unavailable') },
  'sign-error': { executed: 'no', strike: refusedAs('signature'), atRandom: 'when-named' },
  'sign-error-unsigned': {
    executed: 'no',
    strike: unsignedAs('signature'),
    atRandom: 'when-named',
  },
  abnormal: { executed: 'no', strike: refusedAs('abnormal'), atRandom: 'when-named' },
  refused: { executed: 'no', strike: refused, atRandom: 'never' },
  'refused-unsigned': { executed: 'no', strike: refusedUnsigned },
  redirect: { executed: 'no', strike: redirect },

  'bad-signature': { executed: 'yes', strike: signedAs('bad-signature') },
  signtest: { executed: 'yes', strike: signedAs('signtest') },
  'stale-signature': { executed: 'yes', strike: signedAs('stale-signature') },
  'foreign-signature': { executed: 'yes', strike: signedAs('foreign-signature') },
  'unknown-serial': { executed: 'yes', strike: signedAs('unknown-serial') },

  slow: { executed: 'yes', strike: slow },
  'slow-body': { executed: 'yes', strike: slowBody },

  'half-json': { executed: 'yes', strike: halfJson },
  'half-json-signed': { executed: 'yes', strike: halfJsonSigned },
  'short-body': { executed: 'yes', strike: shortBody },
  'not-json': { executed: 'yes', strike: notJson },
  oversized: { executed: 'yes', strike: oversized, atRandom: 'when-named' },
  'gzip-bomb': { executed: 'yes', strike: gzipBomb, atRandom: 'when-named' },

  'repeated-headers': { executed: 'yes', strike: repeatedHeaders },
  'folded-headers': { executed: 'yes', strike: foldedHeaders },
  'no-request-id': { executed: 'yes', strike: noRequestId },
} satisfies Record<string, AnswerFault>;

/** A file has no signature that could be spoilt. */
function signedAs(name: SpoiltSignature): Strike {
  return spoilt((answer, call) => {
    if (answer.headers['Wechatpay-Signature'] === undefined) return answer;
    const headers = { ...answer.headers, ...call.signAs(name, answer.body.toString()) };
    return { ...answer, headers };
  });
}

export const Fault = z.enum(Object.keys(ANSWER_FAULTS) as (keyof typeof ANSWER_FAULTS)[]);
export type Fault = z.infer<typeof Fault>;

export const FAULTS_BY_DEFAULT = Fault.options.filter((fault) => atRandom(fault) === undefined);

export const RandomFault = Fault.refine((fault) => atRandom(fault) !== 'never', 'not at random');

function atRandom(fault: Fault): AnswerFault['atRandom'] {
  const row: AnswerFault = ANSWER_FAULTS[fault];
  return row.atRandom;
}
