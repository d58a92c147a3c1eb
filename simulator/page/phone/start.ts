/** Whose phone it is: somebody new, or one of those who were here. */
import { html } from '../html.ts';
import { latestOrders, type Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { button, card, screenView } from './screen.ts';

const SHOWN = 8;
const ORDERS = 30;

export function startView(sources: Sources): View {
  for (const { openid } of latestOrders(sources, ORDERS).toReversed()) {
    sources.users.ofOpenid(openid);
  }
  const users = sources.users.latest(SHOWN);
  return screenView('wechat', {
    title: '选择用户',
    content: [
      card(
        '新用户',
        html`<p>从来没有授权过，第一次扫码。</p>
          ${button({ path: '/phone/users', text: '以新用户开始' })}`,
      ),
      users.length > 0 &&
        card(
          '来过的用户',
          html`<ul class="list">
            ${users.map(({ id }) => html`<li><a href="/phone/u/${id}">用户 ${id}</a></li>`)}
          </ul>`,
        ),
    ],
  });
}
