/** The user's pay score in WeChat: which services are authorised, to be revoked, and all orders. */
import { time } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { latestOrders, type Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { wordsOf } from './order-words.ts';
import { button, card, facts, screenView } from './screen.ts';
import type { PhoneUser } from './users.ts';

const LOOKED_THROUGH = 200;
const SHOWN = 10;

export function walletView(sources: Sources, user: PhoneUser): View {
  return screenView('wechat', {
    title: '微信支付分',
    back: `/phone/u/${user.id}`,
    content: [
      html`<section class="card state">
        <p class="big">700</p>
        <p>支付分（模拟） · 用户 ${user.id}</p>
      </section>`,
      card('已授权的服务', servicesHtml(sources, user)),
      card('支付分订单', ordersHtml(sources, user)),
    ],
  });
}

function servicesHtml({ service, permissions }: Sources, { id, openid }: PhoneUser): Html {
  const { service_id } = service;
  const permission = permissions.of({ openid, service_id });
  const path = `/phone/u/${id}/wechat`;
  if (permission?.authorization_state !== 'AVAILABLE') {
    return html`<p>${permission ? '已解除授权。' : '还没有授权任何服务。'}</p>
      <div class="actions">
        ${button({ path: `${path}/authorise`, text: '直接授权', kind: 'quiet' })}
      </div>`;
  }
  const since = permission.authorization_success_time;
  return html`${facts([
      ['服务', '示例充电宝 · 免押租借'],
      ['服务ID', html`<span class="number">${service_id}</span>`],
      ['授权时间', since && time(since)],
    ])}
    <div class="actions">
      ${button({ path: `${path}/revoke`, text: '解除授权', kind: 'quiet' })}
    </div>`;
}

function ordersHtml(sources: Sources, user: PhoneUser): Html {
  const own = latestOrders(sources, LOOKED_THROUGH)
    .filter(({ openid }) => openid === user.openid)
    .slice(0, SHOWN);
  if (own.length === 0) return html`<p class="hint">还没有订单。</p>`;
  return html`<ul class="list">
    ${own.map((order) => {
      const path = `/phone/u/${user.id}/wechat/${encodeURIComponent(order.out_order_no)}`;
      return html`<li>
        <a href="${path}"
          >${order.service_introduction} <span class="number">${order.out_order_no}</span>
          <em>${wordsOf(order).state}</em></a
        >
      </li>`;
    })}
  </ul>`;
}
