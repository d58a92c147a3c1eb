/** Faults of an answer's pace: all of it is true, and late. */
import { delayOf, type Strike } from './faulted-call.ts';

const PIECES = 10;

export const slow: Strike = (call) => {
  const answer = call.seal(call.execute()); // signed now: the delay counts against its age
  call.after(delayOf(call.parameters), () => call.send(answer));
};

/** The head at once, the body in pieces. */
export const slowBody: Strike = (call) => {
  const { res } = call;
  const answer = call.seal(call.execute());
  const { status, headers, body } = answer;
  res.writeHead(status, { ...headers, 'Content-Length': body.length });
  res.flushHeaders();
  const size = Math.ceil(body.length / PIECES);
  const sendFrom = (start: number) => {
    if (start >= body.length || res.destroyed) return void res.end();
    res.write(body.subarray(start, start + size));
    call.after(delayOf(call.parameters) / PIECES, () => sendFrom(start + size));
  };
  sendFrom(0);
  call.sentByHand(answer);
};
