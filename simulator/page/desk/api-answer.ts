/** What our API answers about an order. A browser cannot ask it itself: it lets no page in, not even by a link. */
import { isTaken, whyOf } from '../../merchant/api.ts';
import { linksOf } from '../../merchant/links.ts';
import { html } from '../html.ts';
import { TAGS, type Language } from '../language.ts';
import { PageError } from '../page-error.ts';
import type { Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { WORDS } from '../sentences/catalogue.ts';

/** @throws {PageError} where nobody has said where our API is */
export async function apiAnswerView(
  { merchant, service }: Sources,
  language: Language,
  out_order_no: string,
): Promise<View> {
  const words = WORDS[language];
  if (merchant === undefined) throw new PageError(404, words.noMerchant);
  const answer = await merchant.shopIn(TAGS[language]).read(out_order_no);
  const { api } = linksOf(merchant.setting, service.mchid, out_order_no);
  const content = html`<h1>${words.apiAnswer}</h1>
    <p><a href="/desk">${words.toDesk}</a></p>
    <p>${words.asOfApi(api)}</p>
    ${
      isTaken(answer)
        ? html`<p>${answer.status}</p>`
        : html`<p class="notice">${whyOf(answer, words)}</p>`
    }
    <pre role="region" aria-label="${words.apiAnswer}" tabindex="0">
${JSON.stringify(answer.body, undefined, 2)}</pre>`;
  return {
    title: words.apiAnswer,
    room: 'desk',
    language,
    parts: [{ id: 'answer', html: content }],
  };
}
