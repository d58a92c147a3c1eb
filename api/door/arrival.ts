/** When a request has wholly arrived. Until then nothing is known of its sender, and nothing is owed to them. */
import type { IncomingMessage } from 'node:http';

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Calls back once the headers and every byte of the body have been read: at once, where there is no body. */
export function onceWhole(request: IncomingMessage, then: () => void): void {
  if (hasBody(request)) request.once('end', then);
  else then();
}
