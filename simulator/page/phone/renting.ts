/** What a user presses in the merchant's mini program: its backend does it, through our API. */
import type { Request } from 'express';
import { createAuthorise } from '../../control/authorising.ts';
import { whyOf, type ApiAnswer } from '../../merchant/api.ts';
import type { MerchantSide } from '../../merchant/merchant.ts';
import type { Act, Outcome } from '../asking.ts';
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

  /** Takes note of what our API answers. @throws {PageError} where it refuses */
  function accept(out_order_no: string, answer: ApiAnswer): void {
    if (answer.status === 0 || answer.status >= 400) throw refused(answer);
    merchantSide().phases.told(out_order_no, answer.body);
  }

  return {
    async rent(req) {
      const { shop } = merchantSide();
      const user = userOf(req);
      const out_order_no = shop.newNumber();
      accept(out_order_no, await shop.rent(out_order_no, user.openid));
      users.rents(user, out_order_no);
      return { to: orderPath(user, out_order_no) };
    },
    async enable(req) {
      const { shop, phases } = merchantSide();
      const number = numberOf(req);
      accept(number, await shop.read(number));
      const token = phases.of(number)?.token;
      if (token === undefined) throw new PageError(409, '这笔订单不在等待授权');
      authorise(token, userOf(req).openid);
      // The user is back on the merchant's page, whose backend says so.
      accept(number, await shop.refresh(number));
      return { to: orderPath(userOf(req), number) };
    },
    async giveBack(req) {
      const order = orderOf(req);
      const { shop } = merchantSide();
      accept(order.out_order_no, await shop.giveBack(order.out_order_no, startMsOf(order)));
      return { said: '已归还，费用由微信支付自动扣款。' };
    },
    async cancel(req) {
      const number = numberOf(req);
      accept(number, await merchantSide().shop.cancel(number));
      return { said: '已取消订单。' };
    },
    async refresh(req) {
      const number = numberOf(req);
      accept(number, await merchantSide().shop.refresh(number));
      return { said: '已查询授权状态。' };
    },
    detail: async (req: Request): Promise<Outcome> => {
      const answer = await merchantSide().shop.detailLink(orderOf(req).out_order_no);
      const { h5 } = answer.body as { h5?: { queryString: string } };
      if (h5 === undefined) throw refused(answer);
      return { to: `/phone/detail?${h5.queryString}` };
    },
  };
}

function refused(answer: ApiAnswer): PageError {
  return new PageError(409, `商户没有办成：${whyOf(answer)}`);
}
