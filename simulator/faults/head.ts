/** Faults of an answer's head: headers that repeat, are folded, are missing, or lead elsewhere. */
import { STATUS_CODES } from 'node:http';
import { spoilt, type Strike } from './faulted-call.ts';

/** Every signature header twice, a lie behind the truth. */
export const repeatedHeaders = spoilt((answer) => {
  const repeated = Object.entries(answer.headers).map(([name, value]) =>
    /^Wechatpay-/i.test(name) ? [name, [value, 'another'].flat()] : [name, value],
  );
  return { ...answer, headers: Object.fromEntries(repeated) };
});

/** Every signature header goes on in a second line, as HTTP once allowed; written by hand, as Node refuses to. */
export const foldedHeaders: Strike = (call) => {
  const { status, headers, body } = call.seal(call.execute());
  const lines = Object.entries({ ...headers, 'Content-Length': body.length }).map(
    ([name, value]) => `${name}: ${String(value)}${/^Wechatpay-/i.test(name) ? '\r\n folded' : ''}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, 'Connection: close'];
  call.res.socket?.write(`${head.join('\r\n')}\r\n\r\n`);
  call.res.socket?.end(body);
};

export const noRequestId = spoilt((answer) => {
  const { 'Request-ID': _id, ...headers } = answer.headers;
  return { ...answer, headers };
});

/** By something in front of WeChat Pay, which neither executes nor signs. */
export const redirect: Strike = ({ res, parameters }) =>
  void res
    .writeHead(302, { Location: parameters.location ?? 'http://127.0.0.1:9/elsewhere' })
    .end();
