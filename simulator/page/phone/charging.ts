/** What WeChat Pay does about an order that is to be paid: here somebody must press it. */
import type { Order } from '../../orders/order.ts';
import { standingOf } from '../../orders/state-table.ts';
import { html, type Html } from '../html.ts';
import { failedCharges } from './order-words.ts';
import { button, card } from './screen.ts';

export function chargingHtml(order: Order, path: string): Html | undefined {
  if (standingOf(order) !== 'USER_PAYING') return undefined;
  const failed = failedCharges(order);
  return card(
    '微信支付自动扣款（模拟）',
    html`<p>
        ${
          failed > 0
            ? `已扣款失败 ${failed} 次，微信支付会继续尝试。`
            : '真实的微信支付会自己扣款，这里由你决定。'
        }
      </p>
      <div class="actions">
        ${button({ path: `${path}/charge`, text: '自动扣款成功' })}
        ${button({ path: `${path}/fail`, text: '扣款失败', kind: 'quiet' })}
      </div>`,
  );
}
