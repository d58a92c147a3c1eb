/** What a user presses in the merchant's mini program: its backend does it, through our API. */
import type { Request } from 'express';
import { createAuthorise } from '../../control/authorising.ts';
import { isRefused, isTaken, isUnderWay, whyOf, type ApiAnswer } from '../../merchant/api.ts';
import type { MerchantSide } from '../../merchant/merchant.ts';
import type { Shop } from '../../merchant/shop.ts';
import type { Act, Outcome } from '../asking.ts';
import { TAGS } from '../language.ts';
import { PageError } from '../page-error.ts';
import type { Sources } from '../sources.ts';
import { WORDS } from '../sentences/catalogue.ts';
import { startMsOf } from './order-words.ts';
import { orderPath, type Own } from './own.ts';

export type Renting = Readonly<
  Record<'rent' | 'enable' | 'giveBack' | 'cancel' | 'refresh' | 'detail', Act>
>;

export function createRenting(sources: Sources, { userOf, orderOf, numberOf }: Own): Renting {
  const { users } = sources;
  const authorise = createAuthorise(sources);

  function merchantSide(): MerchantSide {
    if (sources.merchant === undefined) throw new PageError(409, WORDS.zh.noMerchant);
    return sources.merchant;
  }
  /** The phone speaks Chinese, and so does whoever answers it. */
  const shop = (): Shop => merchantSide().shopIn(TAGS.zh);

  /** Takes note of what our API answers. @throws {PageError} where it refuses */
  function accept(out_order_no: string, answer: ApiAnswer, said?: string): Outcome {
    if (!isTaken(answer)) throw refused(answer);
    merchantSide().phases.told(out_order_no, answer.body);
    return { said: said !== undefined && !isUnderWay(answer) ? said : WORDS.zh.underWay };
  }

  return {
    async rent(req) {
      const user = userOf(req);
      const out_order_no = shop().newNumber();
      // Before it is known what comes of it: an answer that is lost may be of an order.
      users.rents(user, out_order_no);
      const answer = await shop().rent(out_order_no, user.openid);
      if (isRefused(answer)) users.rentsNot(user, out_order_no);
      accept(out_order_no, answer);
      return { to: orderPath(user, out_order_no) };
    },
    async enable(req) {
      const number = numberOf(req);
      accept(number, await shop().read(number));
      const token = merchantSide().phases.of(number)?.token;
      if (token === undefined) throw new PageError(409, '这笔订单不在等待授权');
      authorise(token, userOf(req).openid);
      // The user is back on the merchant's page, whose backend says so.
      accept(number, await shop().refresh(number));
      return { to: orderPath(userOf(req), number) };
    },
    async giveBack(req) {
      const order = orderOf(req);
      const answer = await shop().giveBack(order.out_order_no, startMsOf(order));
      return accept(order.out_order_no, answer, '已归还，费用由微信支付自动扣款。');
    },
    async cancel(req) {
      const number = numberOf(req);
      return accept(number, await shop().cancel(number), '已取消订单。');
    },
    async refresh(req) {
      const number = numberOf(req);
      return accept(number, await shop().refresh(number), '已查询授权状态。');
    },
    detail: async (req: Request): Promise<Outcome> => {
      const answer = await shop().detailLink(orderOf(req).out_order_no);
      const { h5 } = answer.body as { h5?: { queryString: string } };
      if (h5 === undefined) throw refused(answer);
      return { to: `/phone/detail?${h5.queryString}` };
    },
  };
}

function refused(answer: ApiAnswer): PageError {
  return new PageError(409, `商户没有办成：${whyOf(answer, WORDS.zh)}`);
}
