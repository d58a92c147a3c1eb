/** The merchant's mini program: scan, and rent without a deposit. */
import { PRODUCT } from '../../merchant/tariff.ts';
import { yuan } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { latestOrders, type Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { WORDS } from '../sentences/catalogue.ts';
import { wordsOf, wordsOfPhase } from './order-words.ts';
import { button, card, facts, screenView } from './screen.ts';
import type { PhoneUser } from './users.ts';

const LOOKED_THROUGH = 200;
const SHOWN = 10;

export function shopView(sources: Sources, user: PhoneUser): View {
  const { merchant } = sources;
  const path = `/phone/u/${user.id}`;
  return screenView('merchant', {
    title: '扫码租借',
    back: '/phone',
    content: [
      html`<section class="card hero">
        <div class="picture" aria-hidden="true"></div>
        <h2>${PRODUCT.service_introduction}</h2>
        <p>${PRODUCT.start_location}</p>
        ${facts([
          ['收费', PRODUCT.rule],
          ['押金', html`<s>${yuan(PRODUCT.risk_amount)}</s> <strong>免押金</strong>`],
        ])}
        ${
          merchant
            ? button({ path: `${path}/rent`, text: '免押金租借' })
            : html`<p class="hint">${WORDS.zh.noMerchant}</p>`
        }
        <p class="hint">微信支付分 · 550 分及以上优享</p>
      </section>`,
      card('我的订单', ordersHtml(sources, user)),
      card(
        '我的微信',
        html`<ul class="list">
          <li><a href="${path}/wechat">微信支付分：授权与订单</a></li>
        </ul>`,
      ),
    ],
  });
}

/** Those that WeChat Pay has, and those that it does not have yet. */
function ordersHtml(sources: Sources, user: PhoneUser): Html {
  const { orders, merchant } = sources;
  const own = latestOrders(sources, LOOKED_THROUGH)
    .filter(({ openid }) => openid === user.openid)
    .map(({ out_order_no }) => out_order_no);
  const numbers = [...new Set([...user.rented, ...own])].slice(0, SHOWN);
  if (numbers.length === 0) return html`<p class="hint">还没有订单。</p>`;
  return html`<ul class="list">
    ${numbers.map((out_order_no) => {
      const order = orders.get(out_order_no);
      const { state } = order
        ? wordsOf(order)
        : wordsOfPhase(merchant?.phases.of(out_order_no)?.phase);
      const path = `/phone/u/${user.id}/orders/${encodeURIComponent(out_order_no)}`;
      return html`<li>
        <a href="${path}"><span class="number">${out_order_no}</span> <em>${state}</em></a>
      </li>`;
    })}
  </ul>`;
}
