/** WeChat's page of authorization, which a merchant's front end opens with a token (wxpayScoreEnable). */
import { html } from '../html.ts';
import type { View } from '../view.ts';
import { button, card, screenView } from './screen.ts';
import type { PhoneUser } from './users.ts';

export function enableView(user: PhoneUser, out_order_no: string): View {
  const path = `/phone/u/${user.id}/enable/${encodeURIComponent(out_order_no)}`;
  return screenView('wechat', {
    title: '开通免押服务',
    back: `/phone/u/${user.id}/orders/${encodeURIComponent(out_order_no)}`,
    content: [
      html`<section class="card state">
        <p class="score" aria-hidden="true">分</p>
        <h2>微信支付分 · 免押租借</h2>
        <p>授权“示例充电宝”使用微信支付分服务</p>
        <div class="actions">${button({ path, text: '同意并开通' })}</div>
      </section>`,
      card(
        '授权内容',
        html`<ul>
          <li>商户可查询你的授权状态，综合评估通过后免押金使用</li>
          <li>服务结束后，费用由微信支付自动扣款</li>
          <li>一次授权，以后的订单都有效，可随时解除授权</li>
        </ul>`,
      ),
    ],
  });
}
