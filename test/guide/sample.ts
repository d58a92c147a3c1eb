/** An example message of the guide with all that is wrong with it, and how it is corrected. */
import type { PolicyChange } from '../../simulator/policies.ts';
import { messageOf, printedIn, withParameter, type Language, type Message } from './message.ts';

/** What a correction may put in place of the guide's values. */
export interface Given {
  readonly appid: string;
  readonly service_id: string;
  /** Of an order that stands as the call needs it. */
  readonly out_order_no: string;
  readonly openid: string;
  /** `yyyyMMddHHmmss`, so many seconds from now. */
  readonly beijing: (seconds: number) => string;
  /** A day with a payment, and the link to its bill. */
  readonly bill_date: string;
  readonly token: string;
}

export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** JSON pointer or name in `detail`. */
  readonly field?: string;
  readonly location?: 'body' | 'url' | 'query';
}

export interface Breach {
  readonly rule: string;
  /** The least that ends it. */
  readonly correct: (message: Message, given: Given) => void;
  /** What the simulator answers when all else is corrected; absent where it cannot see the breach. */
  readonly refused?: Refused;
  /** Where only a policy makes it a breach. */
  readonly under?: PolicyChange;
}

/** How an order comes to stand before the call. */
export type Standing = 'none' | 'in service' | 'being charged' | 'completed an hour ago' | 'billed';

export interface Sample {
  readonly section: string;
  readonly language: Language;
  readonly standing: Standing;
  /** The simulator's answer to what is printed, only the host replaced. */
  readonly verbatim: Refused;
  /** The same with the merchant's own appid and service_id, and all else as printed. */
  readonly identified: Refused | 'accepted';
  /** Our client sends it and proves the refusal, keeps it back, or has words of its own for the call. */
  readonly client: 'sends it' | 'keeps it back' | 'says it otherwise';
  readonly breaches: readonly Breach[];
}

export const fault = (field: string, location: 'body' | 'url' | 'query' = 'body'): Refused => ({
  status: 400,
  code: 'PARAM_ERROR',
  message: '参数错误',
  field,
  location,
});
export const refusal = (status: number, code: string, message: string): Refused => ({
  status,
  code,
  message,
});
export const NOT_BOUND = refusal(400, 'PARAM_ERROR', 'mch_id和appid未绑定');
export const NO_AUTH = refusal(403, 'NO_AUTH', '商户暂无权限使用此服务');

export const APPID: Breach = {
  rule: 'appid is nobody’s: it must be bound to the merchant (chapter 4)',
  correct: (message, { appid }) => setIdentity(message, 'appid', appid),
  refused: NOT_BOUND,
};
export const SERVICE: Breach = {
  rule: 'service_id has 6 digits, where services have 32 (docs/wechatpay-facts.md#identifiers)',
  correct: (message, { service_id }) => setIdentity(message, 'service_id', service_id),
  refused: NO_AUTH,
};
export const IDENTITY: readonly Breach[] = [APPID, SERVICE];

export const NUMBER: Breach = {
  rule: '{out_order_no} stands in the path unfilled: outside the alphabet (docs/wechatpay-facts.md#identifiers), and no URI (RFC 3986)',
  correct(message, { out_order_no }) {
    message.target = message.target.replace('{out_order_no}', out_order_no);
  },
  refused: fault('out_order_no', 'url'),
};

export function printedOf({ section, language }: Sample) {
  return printedIn(section, language);
}

/** As printed, with these breaches corrected. */
export function corrected(sample: Sample, breaches: readonly Breach[], given: Given): Message {
  const message = messageOf(printedOf(sample));
  for (const { correct } of breaches) correct(message, given);
  return message;
}

function setIdentity(message: Message, name: 'appid' | 'service_id', value: string): void {
  if (message.body === undefined) message.target = withParameter(message.target, name, value);
  else message.body[name] = value;
}
