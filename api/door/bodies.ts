/** A bound on the bytes of all bodies together that have not wholly arrived. */
import type { Request, RequestHandler } from 'express';

/** Some twenty of the longest. Those of WeChat Pay arrive at once, and count for a moment. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** What a chunk takes beside its bytes: a body may come in chunks of one. */
const CHUNK_BYTES = 256;

/** To be put right before the parser. Beyond the bound the request goes whose body began first. */
export function boundBodies(most: number, onClosed: () => void): RequestHandler {
  /** Who began first stands first. */
  const held = new Map<Request, number>();
  let total = 0;

  return (request, _response, next) => {
    held.set(request, 0);
    request.on('data', (chunk: Buffer) => {
      const before = held.get(request);
      if (before === undefined) return;
      const taken = chunk.length + CHUNK_BYTES;
      held.set(request, before + taken);
      total += taken;
      if (total > most) makeRoom();
    });
    request.once('end', () => release(request));
    request.once('close', () => release(request));
    next();
  };

  function release(request: Request): void {
    total -= held.get(request) ?? 0;
    held.delete(request);
  }

  function makeRoom(): void {
    const [first] = held.keys();
    if (!first) return;
    release(first);
    first.destroy();
    onClosed();
  }
}
