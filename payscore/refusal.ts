/** What WeChat refused, and why, in a word that business code can act on. */

/**
 * - `risk`: the risk assessment, which says no more: offer another way to pay
 * - `open_orders`: the user must settle earlier orders first
 * - `no_permission`: the user has not authorised, or the service is not set up for this merchant
 * - `not_bound`: `mchid` and `appid` are not bound to each other
 * - `risk_fund`: an amount above the service's risk cap, or a wrong `risk_fund.name`
 * - `charging`: WeChat is charging at this very moment: the same again in 3 minutes
 * - `state`: the order stands where this cannot be done to it any more, or not yet
 * - `repeated`: the number was used before, with other parameters
 * - `other`: what WeChat says, and no more is known
 */
export type Reason =
  | 'risk'
  | 'open_orders'
  | 'no_permission'
  | 'not_bound'
  | 'risk_fund'
  | 'charging'
  | 'state'
  | 'repeated'
  | 'other';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
  readonly reason: Reason;
}

/** The fine-grained number behind the dash of `Request-ID`: steadier than the message, which is for people. */
const REASON_OF_NUMBER: Readonly<Record<string, Reason>> = {
  '271300099': 'risk',
  '271299627': 'open_orders',
  '268503786': 'no_permission',
  '271302144': 'not_bound',
  '271302149': 'not_bound',
  '271316656': 'risk_fund',
  '271316754': 'charging',
  '271302262': 'state',
  '271302332': 'state',
  '271302333': 'state',
  '271316592': 'state',
  '271316657': 'state',
  '271316598': 'repeated',
};

/** Known words of refusals that came without a known number (guide 3.1 step 3 and chapter 4). */
const REASON_OF_WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/综合评估不通过/, 'risk'],
  [/存在未完[结成]订单|进行中订单过多|超时未支付/, 'open_orders'],
  [/未绑定/, 'not_bound'],
  [/正在扣款/, 'charging'],
  [/重入参数校验失败/, 'repeated'],
  [/订单风险金?额?名称不符合要求|服务风险金额/, 'risk_fund'],
];

/** Codes that say as much by themselves (公共错误码 of the Pay Score pages). */
const REASON_OF_CODE: Readonly<Record<string, Reason>> = {
  NO_AUTH: 'no_permission',
  INVALID_ORDER_STATE: 'state',
  ORDER_CANCELED: 'state',
  ORDER_DONE: 'state',
};

export function reasonOf(refusal: Pick<Refusal, 'code' | 'message' | 'request_id'>): Reason {
  const number = /-(\d+)$/.exec(refusal.request_id)?.[1] ?? '';
  const known = REASON_OF_NUMBER[number];
  if (known) return known;
  const [, byWords] = REASON_OF_WORDS.find(([words]) => words.test(refusal.message)) ?? [];
  return byWords ?? REASON_OF_CODE[refusal.code] ?? 'other';
}
