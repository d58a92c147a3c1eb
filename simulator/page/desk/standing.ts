/** Where an order stands, in codes and words: WeChat Pay's state, and our phase with its trouble. */
import type { Order } from '../../orders/order.ts';
import { html, type Html } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';

export function stateOf({ state, state_description, collection }: Order): string {
  return [state, state_description ?? collection?.state].filter(Boolean).join(' / ');
}

export function stateHtml(order: Order, words: Words): Html {
  return html`<span class="standing"><small>${words.wechat}</small> ${stateOf(order)}</span>`;
}

export function phaseHtml({ merchant }: Sources, out_order_no: string, words: Words): Html {
  if (merchant === undefined) return html``;
  const known = merchant.phases.of(out_order_no);
  if (known === undefined) return html`<span class="phase">${words.unknownPhase}</span>`;
  const { phase, trouble } = known;
  if (phase === undefined) return html`<span class="phase">${words.notOurs}</span>`;
  const said = words.phases[phase];
  const isNews = said !== undefined && said !== phase.replaceAll('_', ' ');
  return html`<span class="phase"
    ><small>${words.ours}</small> <code>${phase}</code>${isNews && ` ${said}`}${
      trouble !== undefined && html` <strong class="ill">${trouble}</strong>`
    }</span
  >`;
}
