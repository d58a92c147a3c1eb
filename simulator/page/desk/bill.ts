/** The bill of a day with its rows, as the trade bill would have them now. */
import { rfc3339 } from '../../beijing-time.ts';
import { digitsOfDay } from '../../bills/bill-day.ts';
import type { BillRow } from '../../bills/bill-row.ts';
import { yuan } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { PageError } from '../page-error.ts';
import type { Sources } from '../sources.ts';
import type { Language } from '../language.ts';
import type { View } from '../view.ts';
import { WORDS, type Words } from '../sentences/catalogue.ts';
import { row, section, table } from './parts.ts';

const SHOWN = 200;

/** The form by which a day is chosen. */
export function billPart(
  { clock }: Sources,
  words: Words,
  day = rfc3339(clock.now()).slice(0, 10),
) {
  return section(
    'bill',
    words.bill,
    html`<p class="hint">${words.billText}</p>
      <form method="get" action="/desk/bill" class="presses">
        <label for="bill-day">${words.day}</label>
        <input id="bill-day" name="day" type="date" value="${day}" required />
        <button id="bill-show">${words.show}</button>
      </form>`,
  );
}

export function billView(sources: Sources, language: Language, day: string): View {
  const words = WORDS[language];
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) {
    throw new PageError(400, words.notHere);
  }
  const rows = sources.bills.rows(digitsOfDay(day));
  const content = html`<h1>${words.billOf(day)}</h1>
    <p><a href="/desk">${words.toDesk}</a></p>
    <div class="card">${rowsHtml(rows, words)}</div>`;
  return {
    title: words.billOf(day),
    room: 'desk',
    language,
    parts: [
      { id: 'rows', html: content },
      { id: 'bill', html: billPart(sources, words, day) },
    ],
  };
}

function rowsHtml(rows: readonly BillRow[], words: Words): Html {
  if (rows.length === 0) return html`<p>${words.noRows}</p>`;
  return html`<p class="hint">${words.rows(rows.length)}</p>
    ${rowsTable(rows.slice(0, SHOWN), words)}`;
}

function rowsTable(rows: readonly BillRow[], words: Words): Html {
  return table(
    words.bill,
    [
      ...[words.time, words.transaction, words.tradeNo, words.tradeType, words.tradeState],
      ...[words.amount, words.fee, words.attach],
    ],
    rows.map((it) =>
      row(undefined, [
        it.time,
        html`<span class="number">${it.transaction_id}</span>`,
        html`<span class="number">${it.out_trade_no}</span>`,
        it.trade_type,
        it.refund ? `${it.trade_state} ${it.refund.status}` : it.trade_state,
        it.refund ? `−${yuan(it.refund.amount)}` : yuan(it.order_amount),
        yuan(it.fee),
        html`<span class="number">${it.attach}</span>`,
      ]),
    ),
  );
}
