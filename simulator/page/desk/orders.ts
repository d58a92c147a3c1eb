/** Orders on the desk: where each stands with WeChat Pay and with us, and behind it all that happened. */
import type { Order } from '../../orders/order.ts';
import { yuan } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { latestOrders, type Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { orderHtml } from './order.ts';
import { section } from './parts.ts';
import { phaseHtml, stateHtml } from './standing.ts';

const SHOWN = 50;

export function ordersPart(sources: Sources, words: Words): Html {
  sources.refunds.catchUp(); // they write into the ledger
  const shown = latestOrders(sources, SHOWN);
  if (shown.length === 0) {
    return section('orders', words.orders, html`<p class="hint">${words.noOrders}</p>`);
  }
  return section(
    'orders',
    words.orders,
    html`<p class="hint">${words.ordersText(shown.length)}</p>
      <ul class="orders">
        ${shown.map((order) => itemHtml(sources, order, words))}
      </ul>`,
  );
}

function itemHtml(sources: Sources, order: Order, words: Words): Html {
  const { out_order_no, total_amount } = order;
  return html`<li id="order-${out_order_no}">
    <details id="details-${out_order_no}">
      <summary>
        <span class="number">${out_order_no}</span>
        ${stateHtml(order, words)} ${phaseHtml(sources, out_order_no, words)}
        <span class="total">${yuan(total_amount)}</span>
      </summary>
      ${orderHtml(sources, order, words)}
    </details>
  </li>`;
}
