/** The phone: which screen is where, and which button does what. */
import { Router } from 'express';
import type { Served } from '../served.ts';
import type { Sources } from '../sources.ts';
import { detailView } from './detail.ts';
import { enableView } from './enable.ts';
import { createInWechat, signedDetail } from './in-wechat.ts';
import { orderView } from './order.ts';
import { createOwn } from './own.ts';
import { createRenting } from './renting.ts';
import { shopView } from './shop.ts';
import { startView } from './start.ts';
import { walletView } from './wallet.ts';

const USER = '/u/:user';
const ORDER = `${USER}/orders/:number`;
const ENABLE = `${USER}/enable/:number`;
const WALLET = `${USER}/wechat`;
const ORDER_IN_WECHAT = `${WALLET}/:number`;

export function phoneRoutes(sources: Sources, { show, act }: Served): Router {
  const own = createOwn(sources);
  const { userOf, orderOf, numberOf } = own;
  const renting = createRenting(sources, own);
  const inWechat = createInWechat(sources, own);
  const newUser = () => ({ to: `/phone/u/${sources.users.create().id}` });

  return Router()
    .get(
      '/',
      show(() => startView(sources)),
    )
    .post('/users', act(newUser))
    .get('/detail', show(signedDetail(sources)))

    .get(
      USER,
      show((req) => shopView(sources, userOf(req))),
    )
    .post(`${USER}/rent`, act(renting.rent))
    .get(
      ORDER,
      show((req) => orderView(sources, userOf(req), numberOf(req))),
    )
    .post(`${ORDER}/give-back`, act(renting.giveBack))
    .post(`${ORDER}/cancel`, act(renting.cancel))
    .post(`${ORDER}/refresh`, act(renting.refresh))
    .post(`${ORDER}/detail`, act(renting.detail))

    .get(
      ENABLE,
      show((req) => enableView(userOf(req), numberOf(req))),
    )
    .post(ENABLE, act(renting.enable))
    .get(
      WALLET,
      show((req) => walletView(sources, userOf(req))),
    )
    .post(`${WALLET}/authorise`, act(inWechat.authorise))
    .post(`${WALLET}/revoke`, act(inWechat.revoke))
    .get(
      ORDER_IN_WECHAT,
      show((req) => detailView(orderOf(req), userOf(req), false)),
    )
    .post(`${ORDER_IN_WECHAT}/pay`, act(inWechat.pay))
    .post(`${ORDER_IN_WECHAT}/charge`, act(inWechat.charge))
    .post(`${ORDER_IN_WECHAT}/fail`, act(inWechat.fail));
}
