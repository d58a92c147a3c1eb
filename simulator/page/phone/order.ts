/** An order in the merchant's mini program: to authorise, running with its clock, to pay, over. */
import { feeOf, PRODUCT } from '../../merchant/tariff.ts';
import type { Order } from '../../orders/order.ts';
import { standingOf } from '../../orders/state-table.ts';
import { stopwatchHtml } from '../clock.ts';
import { yuan } from '../figures.ts';
import { html, type Html, type Value } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { chargingHtml } from './charging.ts';
import { refundedOf, startMsOf, wordsOf, wordsOfPhase, type OrderWords } from './order-words.ts';
import { button, card, facts, screenView } from './screen.ts';
import type { PhoneUser } from './users.ts';

export function orderView(sources: Sources, user: PhoneUser, out_order_no: string): View {
  const order = sources.orders.get(out_order_no);
  const known = sources.merchant?.phases.of(out_order_no);
  const path = `/phone/u/${user.id}/orders/${encodeURIComponent(out_order_no)}`;
  const words = order ? wordsOf(order) : wordsOfPhase(known?.phase);
  return screenView('merchant', {
    title: words.state,
    back: `/phone/u/${user.id}`,
    content: [
      html`<section class="card state">
        <h2>${PRODUCT.service_introduction}</h2>
        ${order ? stateHtml(sources, order, words) : html`<p>${words.sentence}</p>`}
        ${
          order
            ? sources.merchant && actionsHtml(order, path)
            : known?.phase === 'authorizing' && invitationHtml(user, out_order_no, path)
        }
      </section>`,
      order && chargingHtml(order, `/phone/u/${user.id}/wechat/${out_order_no}`),
      card('订单信息', factsHtml(order, out_order_no)),
    ],
  });
}

function stateHtml({ clock }: Sources, order: Order, { sentence }: OrderWords): Value {
  switch (standingOf(order)) {
    case 'USER_CONFIRM': {
      const startMs = startMsOf(order);
      const { amount } = feeOf(startMs, clock.now());
      return html`<p class="big">${stopwatchHtml(clock, startMs)}</p>
        <p>${sentence}，当前费用 ${yuan(amount)}</p>`;
    }
    case 'USER_PAYING':
      return html`<p class="big">${yuan(order.total_amount)}</p>
        <p>${sentence}</p>`;
    case 'USER_PAID':
      return html`<p class="big">${yuan(order.collection?.paid_amount ?? 0)}</p>
        <p>${refundedOf(order) > 0 ? `已退款 ${yuan(refundedOf(order))}` : sentence}</p>`;
    case 'CREATED':
    case 'NOTHING_TO_PAY':
    case 'REVOKED':
    case 'EXPIRED':
      return html`<p>${sentence}</p>`;
  }
}

function actionsHtml(order: Order, path: string): Html {
  const standing = standingOf(order);
  const isRunning = standing === 'USER_CONFIRM';
  const isPaying = standing === 'USER_PAYING';
  return html`<div class="actions">
    ${isRunning && button({ path: `${path}/give-back`, text: '归还充电宝' })}
    ${isPaying && button({ path: `${path}/detail`, text: '去支付' })}
    ${!isPaying && button({ path: `${path}/detail`, text: '查看订单', kind: 'quiet' })}
    ${
      (isRunning || isPaying) && button({ path: `${path}/cancel`, text: '取消订单', kind: 'quiet' })
    }
  </div>`;
}

function invitationHtml(user: PhoneUser, out_order_no: string, path: string): Html {
  return html`<div class="actions">
    <a class="main" href="/phone/u/${user.id}/enable/${out_order_no}">去开通免押服务</a>
    ${button({ path: `${path}/refresh`, text: '我已开通', kind: 'quiet' })}
    ${button({ path: `${path}/cancel`, text: '取消订单', kind: 'quiet' })}
  </div>`;
}

function factsHtml(order: Order | undefined, out_order_no: string): Html {
  return facts([
    ['商户订单号', html`<span class="number">${out_order_no}</span>`],
    ['租借地点', order?.location.start_location],
    ['归还地点', order?.location.end_location],
    ['收费', PRODUCT.rule],
  ]);
}
