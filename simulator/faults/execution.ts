/** Faults that hide whether a call was executed: the merchant cannot tell these answers apart. */
import type { Response } from 'express';
import { refusalAnswer } from '../transport/answer.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Strike, FaultedCall } from './faulted-call.ts';

export const cut: Strike = ({ res }) => void res.socket?.destroy();

export const executedThenCut: Strike = (call) => {
  call.execute();
  cut(call);
};

export const executedLate: Strike = (call) => {
  call.executeLate();
  cut(call);
};

export const executedThen500: Strike = (call) => {
  call.execute();
  refuse(call, 'system');
};

/** What a 429 of a refund may mean: it is accepted all the same (docs/wechatpay-facts.md#refunds). */
export const executedThenThrottled: Strike = (call) => {
  call.execute();
  refuse(call, call.parameters.refusal ?? 'tooFrequent');
};

export const executedThen502: Strike = (call) => {
  call.execute();
  badGateway(call.res);
};

export const unsigned502: Strike = ({ res }) => badGateway(res);

/** Accepted, not processed: the merchant is to send the same again (docs/wechatpay-facts.md#status-codes). */
export const accepted202: Strike = (call) =>
  call.send(call.seal({ status: 202, body: undefined, number: 0 }));

export const refusedAs =
  (name: RefusalName): Strike =>
  (call) =>
    refuse(call, name);

export const refused: Strike = (call) => refuse(call, call.parameters.refusal ?? 'system');

/** Proves nothing: anybody between the merchant and WeChat Pay could have said it. */
export const refusedUnsigned: Strike = (call) =>
  refuseUnsigned(call, call.parameters.refusal ?? 'noPermission');

/** As a genuine 500 was seen: JSON under a `Request-ID`, without any `Wechatpay-*` header. */
export const unsignedAs =
  (name: RefusalName): Strike =>
  (call) =>
    refuseUnsigned(call, name);

export const executedThen500Unsigned: Strike = (call) => {
  call.execute();
  refuseUnsigned(call, 'system');
};

/** As one completion was: refused as a contradiction, and in effect later (docs/wechatpay-facts.md#repetition). */
export const refusedExecutedLate: Strike = (call) => {
  call.executeLate();
  refuse(call, call.parameters.refusal ?? 'completedOtherwise');
};

function refuse(call: FaultedCall, name: RefusalName): void {
  call.send(call.seal(refusalAnswer(new RefusalError(name))));
}

function refuseUnsigned(call: FaultedCall, name: RefusalName): void {
  call.send(call.seal({ ...refusalAnswer(new RefusalError(name)), unsigned: true }));
}

function badGateway(res: Response): void {
  res.status(502).type('html').end('<html><head><title>502 Bad Gateway</title></head></html>\n');
}
