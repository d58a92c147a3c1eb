/**
 * Every example message of the guide, and every rule of its own or of the reference that it breaks: what the simulator
 * answers, and what our client does with it. `test/fixtures/guide/README.md` is the same list for people.
 */
import { withoutParameter, withParameter, type Message } from './message.ts';
import {
  APPID,
  fault,
  IDENTITY,
  NO_AUTH,
  NOT_BOUND,
  NUMBER,
  refusal,
  SERVICE,
  type Given,
  type Sample,
} from './sample.ts';

const TOTAL = refusal(400, 'PARAM_ERROR', '最终总金额计算非法');
const BILL_DATE = refusal(
  400,
  'INVALID_REQUEST',
  '账单日期不正确，仅支持三个月内且不晚于昨日的账单',
);
const PAST_START = refusal(400, 'PARAM_ERROR', '服务开始时间不能早于创建订单的时间');
const END_BEFORE_START = refusal(400, 'PARAM_ERROR', '服务结束时间必须晚于服务开始时间');
const PAID_TIME = refusal(400, 'PARAM_ERROR', '支付时间须晚于完结时间且不晚于同步时间');
const NO_SUCH_ORDER = refusal(404, 'ORDER_NOT_EXIST', '查询单据不存在');
const SUB_MERCHANT = refusal(400, 'INVALID_REQUEST', '普通商户不支持传入sub_mchid');
const NO_LINK = refusal(400, 'INVALID_REQUEST', '账单下载地址无效或已过期');

export const SAMPLES: readonly Sample[] = [
  {
    section: '3.2.1',
    language: 'php',
    standing: 'none',
    verbatim: fault('appid', 'query'),
    identified: 'accepted', // as a user who never authorised: UNAVAILABLE
    client: 'keeps it back',
    breaches: [
      {
        rule: 'appid is missing from the query (docs/wechatpay-facts.md#authorization-states)',
        correct: APPID.correct,
        refused: fault('appid', 'query'),
      },
      {
        rule: 'service_id is missing from the query (docs/wechatpay-facts.md#authorization-states)',
        correct: SERVICE.correct,
        refused: fault('service_id', 'query'),
      },
      {
        rule: '{openid} stands in the path unfilled: no URI (RFC 3986), but openids have no alphabet',
        correct(message, { openid }) {
          message.target = message.target.replace('{openid}', openid);
        },
      },
    ],
  },
  {
    section: '3.2.2',
    language: 'php',
    standing: 'none',
    verbatim: fault('/notify_url'),
    identified: fault('/notify_url'),
    client: 'sends it',
    breaches: [
      ...IDENTITY,
      {
        rule: 'notify_url has no path (docs/wechatpay-facts.md#callback-address)',
        correct: ({ body }) => void (body.notify_url += '/'),
        refused: fault('/notify_url'),
      },
      {
        rule: 'notify_url is http:, which the same page allows and forbids (docs/wechatpay-facts.md#callback-address)',
        correct: ({ body }) => void (body.notify_url = body.notify_url.replace('http:', 'https:')),
        refused: fault('/notify_url'),
        under: { notify_url_scheme: 'https' },
      },
    ],
  },
  {
    section: '3.2.5',
    language: 'php',
    standing: 'none',
    verbatim: fault('/notify_url'),
    identified: fault('/notify_url'),
    client: 'sends it',
    breaches: [
      ...IDENTITY,
      {
        rule: 'notify_url has no path (docs/wechatpay-facts.md#callback-address)',
        correct: ({ body }) => void (body.notify_url += '/'),
        refused: fault('/notify_url'),
      },
      {
        rule: 'need_user_confirm is true, and openid is named all the same (3.2.5: choose false; docs/wechatpay-facts.md#creation)',
        correct: ({ body }) => void (body.need_user_confirm = false),
        refused: NO_AUTH,
      },
      {
        rule: 'start_time is in the past (docs/wechatpay-facts.md#order-times)',
        correct: ({ body }, { beijing }) => void (body.time_range.start_time = beijing(3600)),
        refused: PAST_START,
      },
      {
        rule: 'end_time is in the past, and so before any start_time that is allowed (docs/wechatpay-facts.md#order-times)',
        correct: ({ body }, { beijing }) => void (body.time_range.end_time = beijing(14_400)),
        refused: END_BEFORE_START,
      },
      {
        rule: 'attach has a bare &: it must be URL-encoded (docs/wechatpay-facts.md#creation), which only the merchant can know',
        correct: ({ body }) => void (body.attach = encodeURIComponent(body.attach)),
      },
    ],
  },
  {
    section: '3.2.6',
    language: 'php',
    standing: 'in service',
    verbatim: fault('out_order_no', 'url'),
    identified: fault('out_order_no', 'url'),
    client: 'keeps it back',
    breaches: [
      NUMBER,
      ...IDENTITY,
      {
        rule: '4000 − 4000 is not 3900; a discount of 1 yuan (满20减1元) is 100 fen (docs/wechatpay-facts.md#completion)',
        correct: ({ body }) => void (body.post_discounts[0].amount = 100),
        refused: TOTAL,
      },
      {
        rule: 'start_time and end_time lie years before the order: no rule compares them with its creation (docs/wechatpay-facts.md#completion)',
        correct({ body }, { beijing }) {
          body.time_range = { start_time: beijing(-1800), end_time: beijing(-1) };
        },
      },
    ],
  },
  {
    section: '3.2.7',
    language: 'php',
    standing: 'being charged',
    verbatim: fault('out_order_no', 'url'),
    identified: fault('out_order_no', 'url'),
    client: 'keeps it back',
    breaches: [
      NUMBER,
      ...IDENTITY,
      {
        rule: '4000 − 100 is not 2000 (docs/wechatpay-facts.md#modification)',
        correct: ({ body }) => void (body.total_amount = 3900),
        refused: TOTAL,
      },
    ],
  },
  {
    section: '3.2.8',
    language: 'php',
    standing: 'being charged',
    verbatim: fault('out_order_no', 'url'),
    identified: fault('out_order_no', 'url'),
    client: 'keeps it back',
    breaches: [NUMBER, ...IDENTITY],
  },
  {
    section: '3.2.9',
    language: 'php',
    standing: 'completed an hour ago',
    verbatim: fault('out_order_no', 'url'),
    identified: fault('out_order_no', 'url'),
    client: 'keeps it back',
    breaches: [
      NUMBER,
      ...IDENTITY,
      {
        rule: 'paid_time is before the completion: by the guide’s own times, in the middle of the service (docs/wechatpay-facts.md#sync)',
        correct: ({ body }, { beijing }) => void (body.detail.paid_time = beijing(-60)),
        refused: PAID_TIME,
      },
    ],
  },
  {
    section: '3.2.10',
    language: 'php',
    standing: 'in service',
    verbatim: NOT_BOUND,
    identified: NO_SUCH_ORDER,
    client: 'sends it',
    breaches: [
      ...IDENTITY,
      {
        rule: 'out_order_no is not the one that 3.2.5 creates',
        correct(message, { out_order_no }) {
          message.target = withParameter(message.target, 'out_order_no', out_order_no);
        },
        refused: NO_SUCH_ORDER,
      },
    ],
  },
  {
    section: '3.2.11',
    language: 'java',
    standing: 'billed',
    verbatim: BILL_DATE,
    identified: BILL_DATE,
    client: 'says it otherwise',
    breaches: [
      {
        rule: 'bill_date, 2020-11-09, is more than three months ago (docs/wechatpay-facts.md#bill-application)',
        correct: setBillDate,
        refused: BILL_DATE,
      },
    ],
  },
  {
    section: '3.2.11',
    language: 'php',
    standing: 'billed',
    verbatim: SUB_MERCHANT,
    identified: SUB_MERCHANT,
    client: 'says it otherwise',
    breaches: [
      {
        rule: 'sub_mchid is for partners, not for a direct merchant (docs/wechatpay-facts.md#bill-application)',
        correct(message) {
          message.target = withoutParameter(message.target, 'sub_mchid');
        },
        refused: SUB_MERCHANT,
      },
      {
        rule: 'bill_date, 2019-06-11, is more than three months ago (docs/wechatpay-facts.md#bill-application)',
        correct: setBillDate,
        refused: BILL_DATE,
      },
    ],
  },
  {
    section: '3.2.12',
    language: 'php',
    standing: 'billed',
    verbatim: NO_LINK,
    identified: NO_LINK,
    client: 'says it otherwise',
    breaches: [
      {
        rule: 'token is a placeholder, xx, and no link that 3.2.11 gave (docs/wechatpay-facts.md#bill-download)',
        correct(message, { token }) {
          message.target = withParameter(message.target, 'token', token);
        },
        refused: NO_LINK,
      },
    ],
  },
];

function setBillDate(message: Message, { bill_date }: Given): void {
  message.target = withParameter(message.target, 'bill_date', bill_date);
}
