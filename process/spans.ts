/** Spans of OpenTelemetry, by its API alone: where nobody collects them (`tracing.ts`) it does nothing. Never a word of a message in one. */
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';

export interface Spanned extends Pick<SpanOptions, 'kind' | 'attributes' | 'startTime'> {
  readonly name: string;
  /** Default: the span in which it is called. */
  readonly parent?: Context;
}

export function begun({ name, parent = context.active(), ...options }: Spanned): Span {
  return trace.getTracer('payscore-orders').startSpan(name, options, parent);
}

/** Runs it in a span of its own, which says of a failure only of which type it is. */
export async function inSpan<T>(
  { typeOf, ...spanned }: Spanned & { typeOf(error: unknown): string },
  call: () => Promise<T>,
): Promise<T> {
  const span = begun(spanned);
  try {
    return await within(span, call, spanned.parent);
  } catch (error) {
    failed(span, typeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

export function within<T>(span: Span, call: () => T, parent = context.active()): T {
  return context.with(trace.setSpan(parent, span), call);
}

/** @param type one of few words */
export function failed(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** W3C Trace Context of the span we are in; undefined where nobody collects. */
export function activeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Where somebody else's span is the parent; what is no `traceparent` is none. */
export function contextOf(traceparent: unknown): Context {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}

/** `00-<trace>-<span>-<flags>` */
export function isTraceparent(value: unknown): value is string {
  return typeof value === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(value);
}
