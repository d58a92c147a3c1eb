/** A span for each request of business code, within the caller's own where it names one. */
import { SpanKind } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { begun, contextOf, failed, within } from '../../process/spans.ts';

/** Behind authentication: whose spans are believed is no stranger. Behind what reads bodies: that calls on from a socket. */
export const spanRequest: RequestHandler = (request, response, next) => {
  const { method, baseUrl } = request;
  const parent = contextOf(request.get('traceparent'));
  const attributes = { 'http.request.method': method };
  const span = begun({ name: method, kind: SpanKind.SERVER, attributes, parent });
  response.once('close', () => {
    // Never the path itself: only routes are few, and free of numbers.
    const route: unknown = request.route?.path;
    if (typeof route === 'string') {
      span.updateName(`${method} ${baseUrl}${route}`).setAttribute('http.route', baseUrl + route);
    }
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) failed(span, String(response.statusCode));
    span.end();
  });
  within(span, next, parent);
};
