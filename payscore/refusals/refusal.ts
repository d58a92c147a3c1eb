/** What WeChat refused, and why, in a word that business code can act on. */

export const REASONS = [
  /** The risk assessment, which says no more: offer another way to pay. */
  'risk',
  /** The user must settle earlier orders first. */
  'open_orders',
  /** The user's account has a limit on what it may pay. */
  'teen_mode',
  /** The user has not authorised the service, or has ended that. */
  'not_authorised',
  /** The service is not set up for this merchant, or the user has not authorised: WeChat says the same of both. */
  'no_permission',
  /** `mchid` and `appid` are not bound to each other. */
  'not_bound',
  /** A `risk_fund.name` of another mode. */
  'risk_fund',
  /** An amount above what the service may charge at most. */
  'above_cap',
  /** `total_amount` is not the sum of what is charged. */
  'wrong_total',
  /** A start or an end that WeChat does not take. */
  'time_range',
  /** WeChat is charging at this very moment, or does not know yet what came of it: the same again in 3 minutes. */
  'charging',
  /** The order stands where this cannot be done to it any more, or not yet. */
  'state',
  /** The number was used before, with other parameters. */
  'repeated',
  /** WeChat knows nothing under this number. */
  'not_found',
  /** A field is not as WeChat wants it. */
  'parameters',
  /** WeChat does not accept what signs our calls. */
  'signature',
  /** Too many calls. */
  'throttled',
  /** WeChat had a fault of its own; some faults of ours look the same to it. */
  'unavailable',
  /** What WeChat says, and no more is known. */
  'other',
] as const;
export type Reason = (typeof REASONS)[number];

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
  readonly reason: Reason;
}

/** Kept as a refusal, since nothing was done: so begins one of ours, of which WeChat Pay heard nothing. */
const UNSENT = 'not sent: ';

export function unsent(why: string): Refusal {
  const message = `${UNSENT}${why}`;
  return { status: 400, code: 'PARAM_ERROR', message, request_id: '', reason: 'parameters' };
}

/** Undefined of what WeChat Pay refused. */
export function whyUnsent(message: string): string | undefined {
  return message.startsWith(UNSENT) ? message.slice(UNSENT.length) : undefined;
}

/** Not about the order: who may not even ask is not set up, or not any more. */
export function isNotSetUp({ reason }: Refusal): boolean {
  return reason === 'no_permission' || reason === 'not_bound';
}

/** The fine-grained number behind the dash of `Request-ID`: steadier than the message, which is for people. */
const REASON_OF_NUMBER: Readonly<Record<string, Reason>> = {
  '271300099': 'risk',
  '271299627': 'open_orders',
  '268560785': 'teen_mode',
  '268503786': 'no_permission',
  '271302144': 'not_bound',
  '271302149': 'not_bound',
  '268445527': 'not_bound',
  '271316656': 'above_cap',
  '271316637': 'time_range',
  '271316754': 'charging',
  '271302262': 'state',
  '271302332': 'state',
  '271302333': 'state',
  '271316592': 'state',
  '271316657': 'state',
  '271316598': 'repeated',
  '268498688': 'repeated',
  '271317510': 'not_found',
  '268512771': 'not_found',
  '268435464': 'parameters',
  '268435461': 'parameters',
  '270924358': 'parameters',
  '268435472': 'throttled',
  '268447840': 'throttled',
  '270924332': 'signature',
};

/** Known words of refusals without a known number (guide 3.1 step 3 and chapter 4; the pages of the calls; the FAQ; public reports). */
const REASON_OF_WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/综合评估[不未]通过/, 'risk'],
  [/存在未完[结成]订单|进行中订单过多|超时未支付/, 'open_orders'],
  [/未绑定|app_?id和mch_?id不匹配|mch_?id ?不存在/, 'not_bound'],
  [/正在扣款|收款结果不明/, 'charging'],
  [/重入参数校验失败|重入时.*不一致/, 'repeated'],
  [/青少年模式/, 'teen_mode'],
  [/用户未(开启|授权)|服务授权状态|授权记录不存在/, 'not_authorised'],
  [/暂?无权限|接口权限|产品权限|IP地址不允许/, 'no_permission'],
  [/订单风险金?额?名称不符合要求/, 'risk_fund'],
  [/超过此服务的服务风险金额/, 'above_cap'],
  [/最终总金额计算非法/, 'wrong_total'],
  [/(开始|结束)时间/, 'time_range'],
  [/订单状态不(合法|满足)|支付状态为待支付/, 'state'],
  [/订单不存在/, 'not_found'],
  [/频率超过限制/, 'throttled'],
  [/无效的openid|openid格式错误|其他原因185|参数非法|非法的额外参数/i, 'parameters'],
  [/请求异常|系统繁忙|系统异常/, 'unavailable'],
];

/** Codes that say as much by themselves (公共错误码 of the Pay Score pages). */
const REASON_OF_CODE: Readonly<Record<string, Reason>> = {
  NO_AUTH: 'no_permission',
  INVALID_ORDER_STATE: 'state',
  ORDER_CANCELED: 'state',
  ORDER_DONE: 'state',
  APPID_MCHID_NOT_MATCH: 'not_bound',
  ORDER_NOT_EXIST: 'not_found',
  'ORDER_NOT_ EXIST': 'not_found',
  RESOURCE_NOT_EXISTS: 'not_found',
  PARAM_ERROR: 'parameters',
  SIGN_ERROR: 'signature',
  FREQUENCY_LIMITED: 'throttled',
  FREQUENCY_LIMIT_EXCEED: 'throttled',
  RATELIMIT_EXCEED: 'throttled',
  RATELIMIT_EXCEEDED: 'throttled',
  SYSTEM_ERROR: 'unavailable',
  SYSTEMERROR: 'unavailable',
  INTERNAL_ERROR: 'unavailable',
  SERVICE_UNAVAILABLE: 'unavailable',
};

export function reasonOf(refusal: Pick<Refusal, 'code' | 'message' | 'request_id'>): Reason {
  const number = /-(\d+)$/.exec(refusal.request_id)?.[1] ?? '';
  const known = REASON_OF_NUMBER[number];
  if (known) return known;
  const [, byWords] = REASON_OF_WORDS.find(([words]) => words.test(refusal.message)) ?? [];
  return byWords ?? REASON_OF_CODE[refusal.code] ?? 'other';
}
