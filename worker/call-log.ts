/** One line for each call of WeChat Pay: what it came to, and for which order. Nothing of what was sent or answered. */
import { asyncLocalStorage } from '@temporalio/activity';
import type { Logger } from 'pino';
import { orderFactsOf } from './order-facts.ts';
import type { CallEnd, CallOutcome } from '../wechatpay/call-end.ts';

/** What one expects: that an order or an authorization is not there is an answer like any other. */
const EXPECTED: readonly CallOutcome[] = ['ok', 'not_found'];

export function createCallLog(logger: Logger): (end: CallEnd) => void {
  return ({ call, outcome, status, code, requestId, seconds }) => {
    const level = EXPECTED.includes(outcome) ? 'info' : 'warn';
    const duration_ms = Math.round(seconds * 1_000);
    const request_id = requestId || undefined;
    logger[level](
      { ...callerFacts(), call, outcome, status, code, request_id, duration_ms },
      'WeChat Pay was called',
    );
  };
}

/** Whose activity makes the call; of what the worker asks by itself there is none. */
function callerFacts(): Readonly<Record<string, unknown>> {
  const info = asyncLocalStorage.getStore()?.info;
  if (!info?.workflowExecution) return {};
  const { workflowId, runId } = info.workflowExecution;
  return { ...orderFactsOf(workflowId, runId), activity: info.activityType, attempt: info.attempt };
}
