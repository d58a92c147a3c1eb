/** Callbacks of more than 64 kB are read by turns, so that the short ones, as WeChat Pay’s are, need not wait for them. */
import type { Request, RequestHandler } from 'express';

/** An order with every item that it may have stays below. */
export const LONG_BYTES = 65_536;
/** Where one does not come in this time, the next has its turn. */
const TURN_MS = 2_000;

/** To be put before the parser: whoever waits is not read, and waits no longer than any request may take to arrive. */
export function takeTurns(atOnce: number): RequestHandler {
  /** Who came first stands first. */
  const waiting = new Map<Request, () => void>();
  let reading = 0;

  return (request, _response, next) => {
    const isLong = Number(request.headers['content-length']) > LONG_BYTES;
    if (!isLong) return next();
    waiting.set(request, next);
    request.once('close', () => waiting.delete(request));
    callNext();
  };

  function callNext(): void {
    const [first] = waiting;
    if (!first || reading >= atOnce) return;
    const [request, read] = first;
    waiting.delete(request);
    reading += 1;
    const slow = setTimeout(() => request.destroy(), TURN_MS);
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(slow);
      reading -= 1;
      callNext();
    };
    request.once('end', over);
    request.once('close', over);
    read();
  }
}
