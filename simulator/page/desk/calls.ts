/** Signed calls on the desk: which, about which order, and what came of each. */
import type { LoggedCall } from '../../transport/call-log.ts';
import { time } from '../figures.ts';
import { html, type Html } from '../html.ts';
import type { Words } from '../sentences/catalogue.ts';
import { code, row, section, table } from './parts.ts';

const SHOWN = 200;

export function callsPart(calls: readonly LoggedCall[], words: Words): Html {
  const shown = calls.slice(0, SHOWN);
  return section(
    'calls',
    words.calls,
    shown.length === 0
      ? html`<p class="hint">${words.noCalls}</p>`
      : html`<p class="hint">${words.callsText(shown.length)}</p>
          ${callsTable(words.calls, shown, words, true)}`,
  );
}

export function callsTable(
  label: string,
  calls: readonly LoggedCall[],
  words: Words,
  withOrder: boolean,
): Html {
  const heads = [words.time, words.what, ...(withOrder ? [words.order] : []), words.outcome];
  return table(
    label,
    [...heads, words.took],
    calls.map((call) =>
      row(undefined, [
        time(call.time),
        code(call.call),
        ...(withOrder ? [html`<span class="number">${call.out_order_no}</span>`] : []),
        outcomeHtml(call, words),
        words.milliseconds(call.took_ms),
      ]),
    ),
  );
}

function outcomeHtml({ status, code: refusal, fault }: LoggedCall, words: Words): Html {
  const isWell = status !== undefined && status < 300 && fault === undefined;
  const told = [status === undefined ? words.cut : String(status), refusal].filter(Boolean);
  return html`<span class="${isWell ? 'well' : 'ill'}"
    >${told.join(' ')}${fault !== undefined && html` · ${words.fault(fault)}`}</span
  >`;
}
