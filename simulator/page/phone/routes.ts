/** The phone: its screens, and what a user presses on them. */
import { Router, type Request } from 'express';
import { createAuthorise } from '../../control/authorising.ts';
import { createPaying } from '../../control/paying.ts';
import { whyOf, type ApiAnswer } from '../../merchant/api.ts';
import type { MerchantSide } from '../../merchant/merchant.ts';
import { verifiedDetailLink } from '../../orders/detail-link.ts';
import type { Order } from '../../orders/order.ts';
import type { Outcome } from '../asking.ts';
import { PageError } from '../page-error.ts';
import type { Served } from '../served.ts';
import type { Sources } from '../sources.ts';
import { WORDS } from '../words/catalogue.ts';
import { detailView } from './detail.ts';
import { enableView } from './enable.ts';
import { startMsOf } from './order-words.ts';
import { orderView } from './order.ts';
import { shopView } from './shop.ts';
import { startView } from './start.ts';
import type { PhoneUser } from './users.ts';
import { walletView } from './wallet.ts';

const PAYMENT = { coupon: false, paid_type: 'NEWTON' } as const;

export function phoneRoutes(sources: Sources, { show, act }: Served): Router {
  const { users, orders, permissions, service, keys } = sources;
  const paying = createPaying(sources);
  const authorise = createAuthorise(sources);

  function userOf({ params }: Request): PhoneUser {
    const user = users.find(String(params['user']));
    if (user === undefined) throw new PageError(404, '没有这位用户，请重新选择');
    return user;
  }

  const numberOf = ({ params }: Request) => String(params['number']);

  /** Others' orders are as good as none. */
  function orderOf(req: Request): Order {
    const order = orders.get(numberOf(req));
    if (order?.openid !== userOf(req).openid) throw new PageError(404, '没有这笔订单');
    return order;
  }

  function merchantSide(): MerchantSide {
    if (sources.merchant === undefined) throw new PageError(409, WORDS.zh.noMerchant);
    return sources.merchant;
  }

  /** Takes note of what our API answers, and says so where it refuses. */
  function accepted(out_order_no: string, answer: ApiAnswer): void {
    if (answer.status === 0 || answer.status >= 400) {
      throw new PageError(409, `商户没有办成：${whyOf(answer)}`);
    }
    merchantSide().phases.told(out_order_no, answer.body);
  }

  const orderPath = (user: PhoneUser, out_order_no: string) =>
    `/phone/u/${user.id}/orders/${encodeURIComponent(out_order_no)}`;

  async function rent(req: Request): Promise<Outcome> {
    const { shop } = merchantSide();
    const user = userOf(req);
    const out_order_no = shop.newNumber();
    accepted(out_order_no, await shop.rent(out_order_no, user.openid));
    users.rents(user, out_order_no);
    return { to: orderPath(user, out_order_no) };
  }

  /** The order is of this user, or was rented by them and is not with WeChat Pay yet. */
  function ownNumber(req: Request): string {
    const number = numberOf(req);
    if (!userOf(req).rented.includes(number)) orderOf(req);
    return number;
  }

  async function enable(req: Request): Promise<Outcome> {
    const { shop, phases } = merchantSide();
    const number = ownNumber(req);
    const { body } = await shop.read(number);
    phases.told(number, body);
    const token = phases.of(number)?.token;
    if (token === undefined) throw new PageError(409, '这笔订单不在等待授权');
    authorise(token, userOf(req).openid);
    // The user is back on the merchant's page, which says so.
    accepted(number, await shop.refresh(number));
    return { to: orderPath(userOf(req), number) };
  }

  async function detail(req: Request): Promise<Outcome> {
    const { body, ...answer } = await merchantSide().shop.detailLink(orderOf(req).out_order_no);
    const { h5 } = body as { h5?: { queryString: string } };
    if (h5 === undefined) throw new PageError(409, `商户没有办成：${whyOf({ body, ...answer })}`);
    return { to: `/phone/detail?${h5.queryString}` };
  }

  function signedDetail({ query }: Request) {
    const link = verifiedDetailLink(query, keys.credentials().merchant.api_v2_key);
    const order = link && orders.get(link.out_order_no);
    if (!order || link.mch_id !== order.mchid || link.service_id !== order.service_id) {
      throw new PageError(403, '商户签名校验失败');
    }
    return detailView(order, users.ofOpenid(order.openid), true);
  }

  const identity = { mchid: service.mchid, appid: service.appid, service_id: service.service_id };
  const own = '/u/:user/orders/:number';
  const wechat = '/u/:user/wechat';

  return Router()
    .get(
      '/',
      show(() => startView(sources)),
    )
    .post(
      '/users',
      act(() => ({ to: `/phone/u/${users.create().id}` })),
    )
    .get('/detail', show(signedDetail))
    .get(
      '/u/:user',
      show((req) => shopView(sources, userOf(req))),
    )
    .post('/u/:user/rent', act(rent))
    .get(
      own,
      show((req) => orderView(sources, userOf(req), ownNumber(req))),
    )
    .post(
      `${own}/give-back`,
      act(async (req) => {
        const order = orderOf(req);
        const { out_order_no } = order;
        const answer = await merchantSide().shop.giveBack(out_order_no, startMsOf(order));
        accepted(out_order_no, answer);
        return { said: '已归还，费用由微信支付自动扣款。' };
      }),
    )
    .post(
      `${own}/cancel`,
      act(async (req) => {
        accepted(ownNumber(req), await merchantSide().shop.cancel(numberOf(req)));
        return { said: '已取消订单。' };
      }),
    )
    .post(
      `${own}/refresh`,
      act(async (req) => {
        accepted(ownNumber(req), await merchantSide().shop.refresh(numberOf(req)));
        return { said: '已查询授权状态。' };
      }),
    )
    .post(`${own}/detail`, act(detail))
    .get(
      '/u/:user/enable/:number',
      show((req) => enableView(userOf(req), ownNumber(req))),
    )
    .post('/u/:user/enable/:number', act(enable))
    .get(
      wechat,
      show((req) => walletView(sources, userOf(req))),
    )
    .post(
      `${wechat}/authorise`,
      act((req) => {
        permissions.authorise({ ...identity, openid: userOf(req).openid });
        return { said: '已授权。' };
      }),
    )
    .post(
      `${wechat}/revoke`,
      act((req) => {
        permissions.revoke({ ...identity, openid: userOf(req).openid });
        return { said: '已解除授权。新的订单需要重新授权，未完结的订单继续有效。' };
      }),
    )
    .get(
      `${wechat}/:number`,
      show((req) => detailView(orderOf(req), userOf(req), false)),
    )
    .post(
      `${wechat}/:number/pay`,
      act((req) => {
        paying.pay(orderOf(req).out_order_no, 'JSAPI', PAYMENT);
        return { said: '支付成功。' };
      }),
    )
    .post(
      `${wechat}/:number/charge`,
      act((req) => {
        paying.pay(orderOf(req).out_order_no, 'AUTH', PAYMENT);
        return { said: '微信支付已自动扣款。' };
      }),
    )
    .post(
      `${wechat}/:number/fail`,
      act((req) => {
        paying.failToPay(orderOf(req).out_order_no);
        return { said: '扣款失败，微信支付会继续尝试。' };
      }),
    );
}
