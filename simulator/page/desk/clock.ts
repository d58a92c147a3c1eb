/** The business clock on the desk, to be read and set forward. */
import { clockHtml } from '../clock.ts';
import { html, type Html } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { press, section } from './parts.ts';

export function clockPart({ clock, changes }: Sources, words: Words): Html {
  return section(
    'clock',
    words.clock,
    html`<p>${words.now}: ${clockHtml(clock)}${clock.factor() !== 1 && ` × ${clock.factor()}`}</p>
      ${changes.holdsClock() && html`<p class="notice">${words.clockHeld}</p>`}
      <div class="presses">
        ${press({ id: 'an-hour', path: '/desk/clock', text: words.anHour, fields: { by: '3600' } })}
        ${press({ id: 'a-day', path: '/desk/clock', text: words.aDay, fields: { by: '86400' } })}
        ${press({ id: 'real-time', path: '/desk/clock', text: words.realTime })}
      </div>
      <p class="hint">${words.clockText}</p>`,
  );
}
