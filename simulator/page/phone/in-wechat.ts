/** What a user presses in WeChat itself, and what WeChat Pay does about a payment. */
import { createPaying } from '../../control/paying.ts';
import { verifiedDetailLink } from '../../orders/detail-link.ts';
import type { Act } from '../asking.ts';
import { PageError } from '../page-error.ts';
import type { Sources } from '../sources.ts';
import type { Look } from '../view.ts';
import { detailView } from './detail.ts';
import type { Own } from './own.ts';

export type InWechat = Readonly<Record<'authorise' | 'revoke' | 'pay' | 'charge' | 'fail', Act>>;

const PAYMENT = { coupon: false, paid_type: 'NEWTON' } as const;

export function createInWechat(sources: Sources, { userOf, orderOf }: Own): InWechat {
  const { permissions } = sources;
  const { mchid, appid, service_id } = sources.service;
  const paying = createPaying(sources);

  return {
    authorise(req) {
      permissions.authorise({ mchid, appid, service_id, openid: userOf(req).openid });
      return { said: '已授权。' };
    },
    revoke(req) {
      permissions.revoke({ service_id, openid: userOf(req).openid });
      return { said: '已解除授权。新的订单需要重新授权，未完结的订单继续有效。' };
    },
    pay(req) {
      paying.pay(orderOf(req).out_order_no, 'JSAPI', PAYMENT);
      return { said: '支付成功。' };
    },
    charge(req) {
      paying.pay(orderOf(req).out_order_no, 'AUTH', PAYMENT);
      return { said: '微信支付已自动扣款。' };
    },
    fail(req) {
      paying.failToPay(orderOf(req).out_order_no);
      return { said: '扣款失败，微信支付会继续尝试。' };
    },
  };
}

/** The order's page by a merchant's link: shown only where that is signed, and about an order of the merchant. */
export function signedDetail({ keys, orders, users }: Sources): Look {
  return ({ query }) => {
    const { api_v2_key } = keys.credentials().merchant;
    const link = verifiedDetailLink(query, api_v2_key);
    const order = link && orders.get(link.out_order_no);
    if (!order || link.mch_id !== order.mchid || link.service_id !== order.service_id) {
      throw new PageError(403, '商户签名校验失败');
    }
    return detailView(order, users.ofOpenid(order.openid), true);
  };
}
