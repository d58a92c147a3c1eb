/** A span for each call that a request makes of Temporal. */
import { SpanKind } from '@opentelemetry/api';
import { ServiceError, type WorkflowClientInterceptor } from '@temporalio/client';
import { inSpan } from '../process/spans.ts';

export const temporalSpans: WorkflowClientInterceptor = {
  start: (input, next) => called('start', input.options.workflowId, () => next(input)),
  startUpdateWithStart: (input, next) =>
    called('startUpdateWithStart', input.workflowStartOptions.workflowId, () => next(input)),
  startUpdate: (input, next) =>
    called('startUpdate', input.workflowExecution.workflowId, () => next(input)),
  signal: (input, next) => called('signal', input.workflowExecution.workflowId, () => next(input)),
  signalWithStart: (input, next) =>
    called('signalWithStart', input.options.workflowId, () => next(input)),
  query: (input, next) => called('query', input.workflowExecution.workflowId, () => next(input)),
  describe: (input, next) =>
    called('describe', input.workflowExecution.workflowId, () => next(input)),
};

async function called<T>(
  method: string,
  workflowId: string | undefined,
  call: () => Promise<T>,
): Promise<T> {
  const attributes = { 'rpc.system': 'grpc', 'temporal.workflow_id': workflowId ?? '' };
  return await inSpan(
    { name: `Temporal ${method}`, kind: SpanKind.CLIENT, attributes, typeOf },
    call,
  );
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error instanceof ServiceError && error.cause instanceof Error
    ? error.cause.name
    : error.name;
}
