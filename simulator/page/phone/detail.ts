/** WeChat's own page of an order, where a user pays by pressing: opened from WeChat, or by a merchant's signed link. */
import { readBeijing } from '../../beijing-time.ts';
import type { Order } from '../../orders/order.ts';
import { amountDue } from '../../orders/payment.ts';
import { standingOf } from '../../orders/state-table.ts';
import { timeText, yuan } from '../figures.ts';
import { html, type Html, type Value } from '../html.ts';
import type { View } from '../view.ts';
import { chargingHtml } from './charging.ts';
import { refundedOf, startMsOf, wordsOf } from './order-words.ts';
import { button, card, facts, screenView } from './screen.ts';
import type { PhoneUser } from './users.ts';

/** @param signed where the merchant's link brought the user here */
export function detailView(order: Order, user: PhoneUser, signed: boolean): View {
  const { state, sentence } = wordsOf(order);
  const own = `/phone/u/${user.id}`;
  const path = `${own}/wechat/${encodeURIComponent(order.out_order_no)}`;
  const isPaying = standingOf(order) === 'USER_PAYING';
  return screenView('wechat', {
    title: '订单详情',
    back: signed ? `${own}/orders/${encodeURIComponent(order.out_order_no)}` : `${own}/wechat`,
    content: [
      signed && html`<p class="notice">商户签名校验通过</p>`,
      html`<section class="card state">
        <h2>${order.service_introduction}</h2>
        <p class="big">${isPaying ? yuan(amountDue(order)) : state}</p>
        <p>${isPaying ? `${state} · ${sentence}` : sentence}</p>
        ${isPaying && button({ path: `${path}/pay`, text: '去支付' })}
      </section>`,
      chargingHtml(order, path),
      card('费用', feesHtml(order)),
      card('服务', servedHtml(order)),
    ],
  });
}

function feesHtml(order: Order): Html {
  const paid = order.collection?.details.at(-1);
  const refunded = refundedOf(order);
  const fees = order.post_payments.map(({ name, amount, description }): [string, Value] => [
    name,
    amount === undefined ? description : `${yuan(amount)}${description ? ` · ${description}` : ''}`,
  ]);
  return facts([
    ...fees,
    ['合计', order.total_amount > 0 && yuan(order.total_amount)],
    ['实付', paid && yuan(paid.amount)],
    ['支付时间', paid && beijing(paid.paid_time)],
    [
      '微信支付单号',
      paid?.transaction_id && html`<span class="number">${paid.transaction_id}</span>`,
    ],
    ['已退款', refunded > 0 && yuan(refunded)],
  ]);
}

function servedHtml(order: Order): Html {
  return facts([
    ['商户订单号', html`<span class="number">${order.out_order_no}</span>`],
    ['支付分订单号', html`<span class="number">${order.order_id}</span>`],
    ['开始时间', timeText(startMsOf(order))],
    ['结束时间', order.time_range.end_time && beijing(order.time_range.end_time)],
    ['开始地点', order.location.start_location],
    ['结束地点', order.location.end_location],
    ['预估订单费用', yuan(order.risk_fund.amount)],
  ]);
}

function beijing(digits: string): string {
  const ms = readBeijing(digits)?.ms;
  return ms === undefined ? digits : timeText(ms);
}
