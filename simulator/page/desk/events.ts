/** Events on the desk, as the merchant's own system got them. */
import type { ArrivedEvent } from '../../merchant/receiver.ts';
import { time, yuan } from '../figures.ts';
import { html, type Html } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { code, row, section, table } from './parts.ts';

const SHOWN = 100;

export function eventsPart({ merchant }: Sources, words: Words): Html {
  const events = merchant?.events.latest().slice(0, SHOWN) ?? [];
  const isConfigured = merchant?.setting.eventsSecret !== undefined;
  return section(
    'events',
    words.events,
    events.length > 0
      ? eventsTable(words.events, events, words, true)
      : html`<p class="hint">${isConfigured ? words.noEvents : words.noEventsSecret}</p>`,
  );
}

export function eventsTable(
  label: string,
  events: readonly ArrivedEvent[],
  words: Words,
  withOrder: boolean,
): Html {
  return table(
    label,
    [words.time, words.what, ...(withOrder ? [words.order] : []), words.outcome],
    events.map((it) =>
      row(undefined, [
        time(it.arrived),
        code(it.type),
        ...(withOrder
          ? [html`<span class="number">${it.out_order_no ?? it.bill_date}</span>`]
          : []),
        it.trouble ?? (it.amount === undefined ? undefined : yuan(it.amount)),
      ]),
    ),
  );
}
