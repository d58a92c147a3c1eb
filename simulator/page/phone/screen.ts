/** A screen of the phone: the bar with its title, and what is under it. The phone speaks Chinese, as WeChat does. */
import { html, type Html, type Value } from '../html.ts';
import type { View } from '../view.ts';

export interface Screen {
  readonly title: string;
  /** Where the arrow in the bar leads. */
  readonly back?: string;
  readonly content: Value;
}

/** Of WeChat itself, or of a merchant's mini program: they look alike, and are not the same. */
export type Owner = 'wechat' | 'merchant';

const OWNERS = { wechat: '微信支付分', merchant: '示例充电宝 · 商户小程序' } as const;

export function screenView(owner: Owner, { title, back, content }: Screen): View {
  const screen = html`<article class="screen ${owner}">
    <div class="bar">
      ${back !== undefined && html`<a class="back" href="${back}" aria-label="返回">‹</a>`}
      <h1>${title}</h1>
      <p class="owner">${OWNERS[owner]}</p>
    </div>
    ${content}
  </article>`;
  return { title, room: 'phone', language: 'zh', parts: [{ id: 'screen', html: screen }] };
}

/** A card with a heading. */
export function card(heading: string, content: Value): Html {
  return html`<section class="card">
    <h2>${heading}</h2>
    ${content}
  </section>`;
}

export interface Button {
  readonly path: string;
  readonly text: string;
  readonly kind?: 'main' | 'quiet';
}

/** A press changes something, and so it is a form. */
export function button({ path, text, kind = 'main' }: Button): Html {
  return html`<form method="post" action="${path}">
    <button class="${kind}">${text}</button>
  </form>`;
}

/** What is called what; rows without a value are left out. */
export function facts(rows: readonly (readonly [string, Value])[]): Html {
  const told = rows.filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return html`<dl>
    ${told.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
