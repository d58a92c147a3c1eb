/** The business clock on the page: written by the server, and kept going by the page's script. */
import type { BusinessClock } from '../business-clock.ts';
import { timeText } from './figures.ts';
import { html, type Html } from './html.ts';

/** As attributes: the same for as long as nobody sets the clock. */
function course(clock: BusinessClock): Html {
  const offset = Math.round(clock.now() - Date.now() * clock.factor());
  // A millisecond between the two readings must not look like a change.
  const steady = Math.round(offset / 100) * 100;
  return html`data-offset="${steady}" data-factor="${clock.factor()}"`;
}

export function clockHtml(clock: BusinessClock): Html {
  return html`<span class="clock" ${course(clock)}>${timeText(clock.now()).slice(0, 16)}</span>`;
}

/** For how long it has gone on. */
export function stopwatchHtml(clock: BusinessClock, sinceMs: number): Html {
  const minutes = Math.max(0, Math.floor((clock.now() - sinceMs) / 60_000));
  const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  return html`<span class="stopwatch" role="timer" ${course(clock)} data-since="${sinceMs}"
    >${text}</span
  >`;
}
