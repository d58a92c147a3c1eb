/** The desk as a page: orders in front, what they live by beside them, the table of faults at the end. */
import { html } from '../html.ts';
import type { Language } from '../language.ts';
import type { Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { WORDS } from '../sentences/catalogue.ts';
import { billPart } from './bill.ts';
import { callsPart } from './calls.ts';
import { clockPart } from './clock.ts';
import { eventsPart } from './events.ts';
import { faultsPart, plannedPart } from './faults.ts';
import { notificationsPart } from './notifications.ts';
import { ordersPart } from './orders.ts';

export function deskView(sources: Sources, language: Language): View {
  const words = WORDS[language];
  const heading = html`<h1>${words.desk}</h1>
    ${sources.merchant === undefined && html`<p class="notice">${words.noMerchant}</p>`}`;
  return {
    title: words.desk,
    room: 'desk',
    language,
    parts: [
      { id: 'heading', html: heading },
      { id: 'orders', html: ordersPart(sources, words) },
      { id: 'clock', html: clockPart(sources, words) },
      { id: 'planned', html: plannedPart(sources, words) },
      { id: 'bill', html: billPart(sources, words) },
      { id: 'events', html: eventsPart(sources, words) },
      { id: 'notifications', html: notificationsPart(sources, words) },
      { id: 'calls', html: callsPart(sources.calls.latest(), words) },
      { id: 'faults', html: faultsPart(sources, words) },
    ],
  };
}
