/**
 * From WeChat's refusals to their cause and what to do: one table, for business code and for operators alike.
 * The guide's chapter 4 (常见问题) is in it, and what the pages of the calls say of their errors.
 */
import type { Advice } from '../en/advice.ts';
import type { Reason } from '../../payscore/refusals/refusal.ts';

export const advice: Readonly<Record<Reason, Advice>> = {
  risk: {
    cause: '微信支付对该用户当前的综合评估未通过。原因与分数均不对商户和用户透露。',
    action:
      '提供其他支付方式，例如押金。不要告诉用户其存在风险。稍后用新的 out_order_no 再试，可能会通过。',
  },
  open_orders: {
    cause: '用户在本商户或其他商户处有未完结或未支付的订单，且数量已达微信支付允许的上限。',
    action:
      '请用户先完成并支付这些订单（微信“支付分”页面可查）。本商户已结束的订单，请及时完结或取消。',
  },
  teen_mode: {
    cause: '用户开启了青少年模式，支付受限。',
    action: '提供其他支付方式。只有监护人能在微信设置中更改。',
  },
  not_authorised: {
    cause: '用户尚未授权该服务，或已解除授权。',
    action: '请用户授权后，再创建新订单。',
  },
  no_permission: {
    cause:
      '仅个别用户：该用户未授权或已解除授权，或服务尚未公开而用户不在白名单内。' +
      '所有用户：微信支付未为该 service_id 开通此 mchid 与 appid，或未开通免确认模式（只有免确认模式下 need_user_confirm 才为 false）。',
    action:
      '仅个别用户：请其授权，再创建新订单。所有用户：请联系微信支付对接人核对 mchid 与 appid 的支付分权限（通用化接口权限）、service_id 的模式，以及服务公开前的白名单（需提供 service_id 和用户的微信号）。',
  },
  not_bound: {
    cause: '微信支付查不到该 mchid 与此 appid 的绑定关系。',
    action:
      '在商户平台绑定（产品中心 → AppID账号管理），并在 appid 一侧确认；再核对 WECHATPAY_MCHID 和所配置的 appid。',
  },
  risk_fund: {
    cause:
      'risk_fund.name 属于其他模式。DEPOSIT、ADVANCE、CASH_DEPOSIT 用于先免模式；免确认服务一律为先享模式。',
    action:
      '填 ESTIMATE_ORDER_COST，或不填名称。若已这样填，请向微信支付确认 service_id 开通的是哪种模式。',
  },
  above_cap: {
    cause:
      '新订单的 risk_fund.amount 或完结时的 total_amount 超过了该服务允许收取的上限（服务风险金额）。',
    action: '收取金额不要超过上限，超出部分用其他方式收取。上限只能由微信支付调高。',
  },
  wrong_total: {
    cause: 'total_amount 不等于 post_payments 之和减去 post_discounts 之和。',
    action: '请提交加总正确的金额，单位为分。',
  },
  time_range: {
    cause:
      '微信支付不接受所给时间：结束早于开始、结束时间按微信时钟尚未到、开始时间已过、没有结束时间，或两个时间的精度不同。',
    action:
      '修正 time_range，或不填 end_time（将以请求时刻为准）。若时间本身无误，请校准 API 与 Worker 的时钟。',
  },
  charging: {
    cause: '微信支付此刻正在向用户扣款。',
    action: '3 分钟后再试。若持续半小时，请到商户平台查看该订单。',
  },
  state: {
    cause: '订单当前状态不允许此操作：期间已支付、取消或完结，或尚未到这一步。',
    action: '读取或刷新订单后再决定。若已支付，请按 transaction_id 退款。',
  },
  repeated: {
    cause: '同一单号此前已用于其他参数。',
    action: '读取该单号下的订单：它以首次请求为准。另一笔业务须用自己的 out_order_no。',
  },
  not_found: {
    cause: '在该 mchid、appid 与 service_id 下，微信支付查不到此单号。',
    action: '核对单号，是否属于另一应用或服务，以及创建之后 WECHATPAY_MCHID 是否改过。',
  },
  parameters: {
    cause: '缺少字段，或字段不符合微信支付的要求；其 message 通常会指明是哪一个。',
    action: '修正该字段。若 message 未指明，请向微信支付技术支持提供 request_id。',
  },
  signature: {
    cause:
      '微信支付不认可请求签名：私钥与证书序列号不匹配、API 证书已过期或已更换、mchid 不符，或 Worker 时钟偏差超过 5 分钟。',
    action:
      '将 WECHATPAY_SERIAL_NO、WECHATPAY_PRIVATE_KEY_FILE、WECHATPAY_MCHID 与商户平台（账户中心 → API安全）核对，检查 Worker 的时钟，然后重启 Worker。',
  },
  throttled: {
    cause: '短时间内该商户或针对该订单的请求过多。',
    action: '未执行任何操作。请稍后以更低频率重试。',
  },
  unavailable: {
    cause:
      '微信支付称自身故障。查询授权时若 openid 属于另一 appid，或 service_id 未开通，也会这样返回。',
    action:
      '请稍后再试。若只有个别用户一直如此，请核对其 openid 是否属于该 appid；若所有用户都如此，请核对 service_id 是否已为该商户开通。',
  },
  other: {
    cause: '除 message 外，微信支付未说明更多。',
    action: '请阅读 message。若仍无法处理，请向微信支付技术支持提供 request_id。',
  },
};
