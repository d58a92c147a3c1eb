/** A span for each attempt of an activity, within the request's that it was asked for by, and in it one for each call of WeChat Pay. */
import { SpanKind } from '@opentelemetry/api';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { begun, contextOf, failed, inSpan, isTraceparent } from '../process/spans.ts';
import type { CallEnd } from '../wechatpay/call-end.ts';

export const activitySpans: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      const { activityType, attempt, workflowExecution } = activityInfo();
      const attributes = {
        'temporal.workflow_id': workflowExecution?.workflowId ?? '',
        'temporal.run_id': workflowExecution?.runId ?? '',
        'temporal.attempt': attempt,
      };
      // What is carried out for a request is given that request's span last; what a workflow asks by itself begins a trace.
      const asked = input.args.at(-1);
      const parent = contextOf(isTraceparent(asked) ? asked : undefined);
      const span = { name: activityType, kind: SpanKind.CONSUMER, attributes, parent, typeOf };
      return await inSpan(span, () => next(input));
    },
  },
});

/** Of a call that has ended. */
export function noteCallSpan({ call, outcome, status, code, requestId, seconds }: CallEnd): void {
  const endedAt = Date.now();
  const span = begun({
    name: `WeChat Pay ${call}`,
    kind: SpanKind.CLIENT,
    startTime: endedAt - seconds * 1_000,
    attributes: {
      'wechatpay.outcome': outcome,
      ...(status !== undefined && { 'http.response.status_code': status }),
      ...(code !== undefined && { 'wechatpay.code': code }),
      ...(requestId && { 'wechatpay.request_id': requestId }),
    },
  });
  if (outcome !== 'ok' && outcome !== 'not_found') failed(span, outcome);
  span.end(endedAt);
}

function typeOf(error: unknown): string {
  if (error instanceof ApplicationFailure && error.type) return error.type;
  return error instanceof Error ? error.name : 'unknown';
}
