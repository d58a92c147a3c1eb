/** Which scope of a key a request takes. */
import type { Scope } from '../../config/api-keys.ts';

/** POSTs that pay money back, or say that it was; routes are the same in capitals. */
const REFUNDING = /^\/service-orders\/[^/]+\/(refunds|refund-due)(\/|$)/i;

/** POSTs that change nothing: what they ask with has no place in a URL. */
const READING = [/^\/authorizations\/query\/?$/, /^\/service-orders\/[^/]+\/detail-link\/?$/];

/** @param request as it stands below `/v1` */
export function scopeOf({ method, path }: { method: string; path: string }): Scope {
  if (REFUNDING.test(path) && method === 'POST') return 'refunds';
  const isReading = method === 'GET' || method === 'HEAD' || READING.some((it) => it.test(path));
  return isReading ? 'read' : 'orders';
}
