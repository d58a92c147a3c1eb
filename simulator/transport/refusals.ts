/**
 * Every refusal: HTTP status, code, message and the number that ends its `Request-ID`.
 * Messages are WeChat Pay's own where one is known; 1 stands for a number that nobody has published.
 */
const UNPUBLISHED = 1;

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly number: number;
}

const of = (status: number, code: string, message: string, number = UNPUBLISHED): Refusal => ({
  status,
  code,
  message,
  number,
});

const AUTHORIZATION_INVALID = 270924332;
const NO_PERMISSION = 268503786;
const TOO_FREQUENT = 268435472;

export const REFUSALS = {
  // transport
  headersMissing: of(400, 'PARAM_ERROR', 'Http头缺少Accept或User-Agent'),
  contentType: of(400, 'PARAM_ERROR', 'Http头Content-Type必须为application/json'),
  authorizationType: of(
    401,
    'SIGN_ERROR',
    'Http头Authorization认证类型不支持',
    AUTHORIZATION_INVALID,
  ),
  authorization: of(
    401,
    'SIGN_ERROR',
    'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    AUTHORIZATION_INVALID,
  ),
  timestamp: of(
    401,
    'SIGN_ERROR',
    'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
    AUTHORIZATION_INVALID,
  ),
  serial: of(
    401,
    'SIGN_ERROR',
    '商户证书序列号有误。请使用签名私钥匹配的证书序列号',
    AUTHORIZATION_INVALID,
  ),
  signature: of(401, 'SIGN_ERROR', '错误的签名，验签失败', AUTHORIZATION_INVALID),
  merchant: of(401, 'SIGN_ERROR', '商户号不存在', 271302144),
  route: of(404, 'RESOURCE_NOT_EXISTS', '请求的接口不存在'),
  method: of(405, 'METHOD_NOT_ALLOWED', 'HTTP方法不正确'),
  tooLarge: of(413, 'PARAM_ERROR', '请求体过大'),
  tooFrequent: of(429, 'FREQUENCY_LIMITED', '频率超限，请降低请求接口频率', TOO_FREQUENT),
  rateLimit: of(429, 'RATELIMIT_EXCEEDED', '接口限频，请降低调用频率', TOO_FREQUENT),
  unavailable: of(503, 'SERVICE_UNAVAILABLE', '服务不可用，请稍后重试'),
  /** What passes, though it is a 4xx; seen of queries (开放社区 000ec891550408d541da48a225b400). */
  abnormal: of(400, 'INVALID_REQUEST', '请求异常，请稍后重试'),
  system: of(500, 'SYSTEM_ERROR', '系统繁忙，请稍后重试'),

  // fields
  parameter: of(400, 'PARAM_ERROR', '参数错误', 268435464),
  notBound: of(400, 'PARAM_ERROR', 'mch_id和appid未绑定', 271302149),
  riskFundName: of(400, 'PARAM_ERROR', '订单风险金额名称不符合要求'),
  riskFundAmount: of(400, 'PARAM_ERROR', '创建订单的订单风险金额超过此服务的服务风险金额'),
  startTime: of(400, 'PARAM_ERROR', '服务开始时间不能早于创建订单的时间'),
  endTime: of(400, 'PARAM_ERROR', '服务结束时间必须晚于服务开始时间', 271316637),
  precision: of(400, 'PARAM_ERROR', '服务开始时间与服务结束时间的精度必须一致'),
  endTimeMissing: of(400, 'PARAM_ERROR', '创建订单未填写服务结束时间，则结束时间必填'),
  endTimeInFuture: of(400, 'PARAM_ERROR', '实际结束时间不能晚于使用完结接口的时间'),
  endTimeBeforeStart: of(400, 'PARAM_ERROR', '真实结束时间小于预计开始时间', 271316637),
  total: of(400, 'PARAM_ERROR', '最终总金额计算非法'),
  totalAboveCap: of(400, 'PARAM_ERROR', '总金额超过此服务的服务风险金额', 271316656),

  paidTime: of(400, 'PARAM_ERROR', '支付时间须晚于完结时间且不晚于同步时间'),
  modifiedUpwards: of(400, 'PARAM_ERROR', '修改后的总金额不能大于完结时的总金额'),
  modifiedToEqual: of(400, 'PARAM_ERROR', '修改后的总金额与当前总金额相同'),
  modifiedToZero: of(400, 'PARAM_ERROR', '修改后的总金额不能为0'),

  // permissions
  noPermission: of(403, 'NO_AUTH', '商户暂无权限使用此服务', NO_PERMISSION),
  permissionNotFound: of(404, 'ORDER_NOT_EXIST', '授权记录不存在'),
  checkAuthorisation: of(403, 'NO_AUTH', '请检查服务授权状态', NO_PERMISSION),
  codeUnknown: of(404, 'RESOURCE_NOT_EXISTS', '授权协议号不存在'),
  codeBound: of(400, 'INVALID_REQUEST', '授权协议号已被用户绑定'),
  codePrepared: of(400, 'INVALID_REQUEST', '授权协议号已存在'),
  notAuthorised: of(400, 'INVALID_REQUEST', '用户未授权此服务'),
  unfinishedOrders: of(400, 'INVALID_REQUEST', '存在未完成订单'),

  // creation of orders
  createdOtherwise: of(400, 'INVALID_REQUEST', '订单重入参数校验失败', 271316598),
  riskRefused: of(400, 'INVALID_REQUEST', '综合评估不通过', 271300099),
  riskNotPassed: of(400, 'INVALID_REQUEST', '综合评估未通过', 271300099),
  openOrders: of(400, 'INVALID_REQUEST', '存在未完结订单'),
  tooManyOrders: of(400, 'INVALID_REQUEST', '同一实名身份下进行中订单过多'),
  overdue: of(400, 'INVALID_REQUEST', '超时未支付记录累计过多', 271299627),
  teenMode: of(400, 'INVALID_REQUEST', '已开启青少年模式支付限额', 268560785),
  notAnOpenid: of(400, 'INVALID_REQUEST', '其他原因185'),

  // orders
  orderNotFound: of(404, 'ORDER_NOT_EXIST', '查询单据不存在', 271317510),
  orderOfOthers: of(400, 'INVALID_REQUEST', '订单与服务ID不匹配'),
  completedOtherwise: of(400, 'PARAM_ERROR', '订单重入参数校验失败', 271316598),
  orderState: of(400, 'INVALID_REQUEST', '当前订单状态不合法', 271302262),
  awaitsConfirmation: of(400, 'INVALID_REQUEST', '当前订单状态不合法', 271302332),
  orderRevoked: of(400, 'INVALID_REQUEST', '当前订单状态不合法', 271302333),
  alreadyCancelled: of(400, 'ORDER_CANCELED', '订单已取消', 271302333),
  notCancellable: of(400, 'PARAM_ERROR', '当前订单状态不满足撤销条件', 271316592),
  onlyWhilePaying: of(
    400,
    'INVALID_REQUEST',
    '仅服务订单支付状态为待支付时，才可使用此能力',
    271316657,
  ),
  chargeUnderWay: of(400, 'INVALID_REQUEST', '单据正在扣款中，请稍后再试', 271316754),
  collectionUnclear: of(400, 'INVALID_REQUEST', '收款结果不明，请稍后重试'),
  chargeFailed: of(400, 'TRADE_ERROR', '扣款失败', 271316574),
  modifiedBefore: of(400, 'INVALID_REQUEST', '订单金额只能修改一次'),

  // refunds
  refundOrderNotFound: of(404, 'RESOURCE_NOT_EXISTS', '订单不存在'),
  refundNotFound: of(404, 'RESOURCE_NOT_EXISTS', '退款单不存在'),
  refundMismatch: of(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试'),
  refundedFully: of(400, 'INVALID_REQUEST', '订单已全额退款'),
  refundAboveLeft: of(400, 'INVALID_REQUEST', '申请退款金额超过订单可退金额'),
  refundOverdue: of(400, 'INVALID_REQUEST', '订单已经超过退款期限'),
  refundTooMany: of(400, 'INVALID_REQUEST', '部分退款次数不能超过50次'),
  refundTooSoon: of(400, 'INVALID_REQUEST', '同一笔订单多次退款的请求需相隔1分钟'),
  refundForbidden: of(403, 'NO_AUTH', '没有退款权限', NO_PERMISSION),
  balanceNotEnough: of(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'),
  refundAccountAbnormal: of(403, 'USER_ACCOUNT_ABNORMAL', '用户账户异常或已注销'),
  /** Of orders of more than a month; the same again is to be sent (docs/wechatpay-facts.md#refunds). */
  refundOfOldOrder: of(
    429,
    'FREQUENCY_LIMITED',
    '频率限制，1个月之前的订单请降低申请频率再重试',
    TOO_FREQUENT,
  ),

  // bills and keys
  billDate: of(400, 'INVALID_REQUEST', '账单日期不正确，仅支持三个月内且不晚于昨日的账单'),
  billSubMerchant: of(400, 'INVALID_REQUEST', '普通商户不支持传入sub_mchid'),
  billCreating: of(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试'),
  billEmpty: of(400, 'NO_STATEMENT_EXIST', '账单文件不存在'),
  billToken: of(400, 'INVALID_REQUEST', '账单下载地址无效或已过期'),
  billOfOthers: of(403, 'NO_AUTH', '无权下载该账单', NO_PERMISSION),
  noCertificates: of(
    404,
    'RESOURCE_NOT_EXISTS',
    '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
  ),
  certificatesExpired: of(403, 'NOT_ENOUGH', '平台证书已过期'),
  sensitiveSerial: of(
    400,
    'PARAM_ERROR',
    'Http头Wechatpay-Serial缺失或不是可用的证书序列号或公钥ID',
  ),
  sensitiveField: of(400, 'PARAM_ERROR', '敏感字段解密失败'),
} satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;
