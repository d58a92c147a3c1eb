/** The user of one rental, in WeChat. */
import { ControlRefusal } from '../../simulator/control.ts';
import type { Deed } from './book.ts';
import type { Part, UserAct } from './step.ts';
import type { World } from './world.ts';

export interface About {
  readonly out_order_no: string;
  /** The last that the API said about the order, and about the first attempt at the rental. */
  readonly view: any;
  readonly firstView: any;
}

export function createUser({ world, openid }: { readonly world: World; readonly openid: string }) {
  const { wechat, policies } = world;

  async function onPage(view: any): Promise<Partial<Deed> | undefined> {
    const token = view?.authorization?.apply_permissions_token;
    if (token === undefined) return await inSettings();
    const permission = await unlessRefused(wechat.authoriseByToken(token, openid));
    return permission && { kind: 'authorised', code: permission.authorization_code };
  }

  async function inSettings(): Promise<Partial<Deed>> {
    const { authorization_code: code } = await wechat.authorise(openid);
    return { kind: 'authorised', code };
  }

  return {
    /** @returns what was paid of what was due, in fen */
    async pay(out_order_no: string, { by, share = 1, coupon = 0 }: Part) {
      const { order } = (await unlessRefused(wechat.order(out_order_no))) ?? {};
      const { paying_amount: due = 0 } = (order?.['collection'] ?? {}) as {
        paying_amount?: number;
      };
      const amount = Math.ceil(due * share);
      const ofCoupon = Math.floor(amount * coupon);
      const payment = {
        ...(share < 1 && { amount }),
        ...(ofCoupon > 0 && { coupon: ofCoupon }),
        ...(by === 'counter' && { paid_type: 'MCH' as const }),
      };
      const pay = by === 'page' ? wechat.payFromPage : wechat.pay;
      const isPaid = await unlessRefused(pay(out_order_no, payment));
      return isPaid && { amount, by };
    },

    /** @returns what it changed about his permission, if it did */
    async act(
      what: UserAct,
      { out_order_no, view, firstView }: About,
    ): Promise<Partial<Deed> | undefined> {
      switch (what) {
        case 'authorise':
          return await inSettings();
        case 'authorise on the page':
          return await onPage(view);
        case 'open the first page':
          return policies.authorised_page === 'stays' ? await onPage(firstView) : undefined;
        case 'revoke':
          return (await unlessRefused(wechat.revoke(openid))) && { kind: 'revoked' };
        case 'charge anyway':
          return void (await unlessRefused(wechat.chargeAnyway(out_order_no)));
        case 'pay':
          return void (await unlessRefused(wechat.pay(out_order_no)));
        case 'pay from page':
          return void (await unlessRefused(wechat.payFromPage(out_order_no)));
        case 'fail to pay':
          return void (await unlessRefused(wechat.failToPay(out_order_no)));
      }
    },
  };
}

/** What a person wants to do may not be possible any more, or not yet. */
export async function unlessRefused<T>(doing: Promise<T>): Promise<T | undefined> {
  try {
    return await doing;
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
    return undefined;
  }
}
