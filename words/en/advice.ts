/**
 * From WeChat's refusals to their cause and what to do: one table, for business code and for operators alike.
 * The guide's chapter 4 (常见问题) is in it, and what the pages of the calls say of their errors.
 */
import type { Reason } from '../../payscore/refusals/refusal.ts';

export interface Advice {
  /** Why WeChat refuses so. */
  readonly cause: string;
  /** What can be done about it, and by whom. */
  readonly action: string;
}

export const advice: Readonly<Record<Reason, Advice>> = {
  risk: {
    cause:
      'WeChat’s assessment of this user, now. It says no more, neither to you nor to the user: not why, and no score.',
    action:
      'Offer another way to pay, such as a deposit. Do not tell the user of a risk. A later attempt under a new out_order_no may pass.',
  },
  open_orders: {
    cause:
      'The user has orders that are not finished or not paid, with you or elsewhere, and has as many as WeChat allows.',
    action:
      'Let the user finish and pay those first; WeChat shows them to the user under 支付分. Complete or cancel those of your own that are over.',
  },
  teen_mode: {
    cause: 'The user’s account is in teen mode (青少年模式), which limits what it may pay.',
    action:
      'Offer another way to pay. Only the user’s guardian can change that, in WeChat’s settings.',
  },
  not_authorised: {
    cause: 'The user has not authorised the service, or has ended that.',
    action: 'Let the user authorise, then open a new order.',
  },
  no_permission: {
    cause:
      'Of one user: they have not authorised the service, or have ended that, or the service is not public yet and they are not on its white list. ' +
      'Of every user: WeChat has not enabled this mchid and appid for the service_id, or has not enabled it for the confirm-free mode (免确认), in which alone need_user_confirm is false.',
    action:
      'Of one user: let them authorise, then open a new order. Of every user: ask your contact at WeChat to check the Pay Score permission (通用化接口权限) of mchid and appid, the mode of the service_id and, before it is public, the white list (白名单), for which they need the service_id and the user’s WeChat id.',
  },
  not_bound: {
    cause: 'The mchid is not one that WeChat knows with this appid: the two are not bound.',
    action:
      'Bind them in the merchant platform (产品中心 → AppID账号管理), accept that on the side of the appid, and check WECHATPAY_MCHID and the appid that is configured.',
  },
  risk_fund: {
    cause:
      'The risk_fund.name belongs to another mode. DEPOSIT, ADVANCE and CASH_DEPOSIT are of 先免; a confirm-free service is always 先享.',
    action:
      'Send ESTIMATE_ORDER_COST, or no name at all. If it was sent, ask WeChat for which mode the service_id was enabled.',
  },
  above_cap: {
    cause:
      'The risk_fund.amount of a new order, or the total_amount of its completion, is above the most that this service may charge (服务风险金额).',
    action:
      'Charge at most that, and the rest in another way. Only WeChat can raise the cap of a service_id.',
  },
  wrong_total: {
    cause: 'The total_amount is not the sum of post_payments less the sum of post_discounts.',
    action: 'Send amounts that add up, in fen.',
  },
  time_range: {
    cause:
      'A time that WeChat does not take: an end before the start, an end still to come by WeChat’s clock, a start that has passed, no end at all, or two times of different precision.',
    action:
      'Correct time_range, or leave end_time away: then the moment of the request is sent. If the times were right, set the clocks of API and worker.',
  },
  charging: {
    cause: 'WeChat is charging the user at this very moment.',
    action:
      'Ask again in 3 minutes. If it has gone on for half an hour, look at the order in the merchant platform.',
  },
  state: {
    cause:
      'The order stands where this cannot be done to it: it was settled, cancelled or completed meanwhile, or is not so far yet.',
    action:
      'Read the order, or refresh it, and decide anew. Where it is paid, refund by its transaction_id.',
  },
  repeated: {
    cause: 'The same number was used before, with other values.',
    action:
      'Read the order under this number: it is what was asked for first. Something else needs its own out_order_no.',
  },
  not_found: {
    cause: 'WeChat knows nothing under this number for this mchid, appid and service_id.',
    action:
      'Check the number, whether it is of another app or service, and whether WECHATPAY_MCHID was changed since it was opened.',
  },
  parameters: {
    cause: 'A field is missing, or is not as WeChat wants it; its message usually says which.',
    action: 'Correct that field. If the message names none, give WeChat’s support the request_id.',
  },
  signature: {
    cause:
      'WeChat does not accept what signs the calls: the private key and the serial number do not fit each other, the API certificate has expired or was replaced, the mchid is another, or the worker’s clock is more than 5 minutes off.',
    action:
      'Compare WECHATPAY_SERIAL_NO, WECHATPAY_PRIVATE_KEY_FILE and WECHATPAY_MCHID with the merchant platform (账户中心 → API安全), check the worker’s clock, and restart the worker.',
  },
  throttled: {
    cause: 'Too many calls in a short time, of this merchant or about this order.',
    action: 'Nothing was done. Ask again later, and more slowly.',
  },
  unavailable: {
    cause:
      'WeChat says that it has a fault of its own. It says the same of a permission query whose openid belongs to another appid, or whose service_id is not enabled.',
    action:
      'Ask again later. If it stays so for one user, check that their openid is of this appid; if for all, that the service_id is enabled for this merchant.',
  },
  other: {
    cause: 'WeChat says no more than its message.',
    action: 'Read the message. If it does not help, give WeChat’s support the request_id.',
  },
};
