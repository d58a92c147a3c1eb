/** One order on the desk: its ledger, calls, notifications and events, what can be done, and where to look further. */
import { linksOf } from '../../merchant/links.ts';
import type { LedgerEntry } from '../../orders/ledger.ts';
import type { Order } from '../../orders/order.ts';
import { standingOf } from '../../orders/state-table.ts';
import { time, yuan } from '../figures.ts';
import { html, type Html, type Value } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { callsTable } from './calls.ts';
import { eventsTable } from './events.ts';
import { notificationsTable } from './notifications.ts';
import { code, press, row, table } from './parts.ts';

const SHORT = 12;

export function orderHtml(sources: Sources, order: Order, words: Words): Html {
  const { calls, outbox, merchant } = sources;
  const { out_order_no, ledger } = order;
  const isOf = (it: { readonly out_order_no?: string | undefined }) =>
    it.out_order_no === out_order_no;
  const events = merchant?.events.latest().filter(isOf) ?? [];
  const notifications = outbox.about(out_order_no).toReversed();
  const own = calls.latest().filter(isOf);
  const of = (what: string) => `${what} · ${out_order_no}`;
  return html`<div class="order">
    ${actionsHtml(sources, order, words)}
    <h3>${words.ledger}</h3>
    ${ledgerTable(of(words.ledger), ledger, words)}
    ${
      own.length > 0 &&
      html`<h3>${words.calls}</h3>
        ${callsTable(of(words.calls), own, words, false)}`
    }
    ${
      notifications.length > 0 &&
      html`<h3>${words.notifications}</h3>
        ${notificationsTable(of(words.notifications), notifications, words, 'own')}`
    }
    ${
      events.length > 0 &&
      html`<h3>${words.events}</h3>
        ${eventsTable(of(words.events), events, words, false)}`
    }
    <h3>${words.links}</h3>
    ${linksHtml(sources, order, words)}
  </div>`;
}

function ledgerTable(label: string, ledger: readonly LedgerEntry[], words: Words): Html {
  return table(
    label,
    [words.time, words.what, words.amount, words.total, words.by],
    ledger.map((entry) =>
      row(undefined, [
        time(entry.time),
        eventHtml(entry, words),
        amountOf(entry),
        yuan(entry.total_amount),
        entry.channel ?? doer(entry),
      ]),
    ),
  );
}

function eventHtml({ event }: LedgerEntry, words: Words): Html {
  const said = words.ledgerEvents[event];
  return html`${code(event)}${said !== event && ` ${said}`}`;
}

/** Of a call the beginning of its `Request-ID`; the whole of it for who points at it. */
function doer({ request_id, out_refund_no }: LedgerEntry): Value {
  const by = request_id ?? out_refund_no;
  if (by === undefined || by.length <= SHORT) return by;
  return html`<span class="number" title="${by}">${by.slice(0, SHORT)}…</span>`;
}

function amountOf({ charged, refunded = 0 }: LedgerEntry): string | undefined {
  if (charged > 0) return `+${yuan(charged)}`;
  return refunded > 0 ? `−${yuan(refunded)}` : undefined;
}

function actionsHtml({ merchant }: Sources, order: Order, words: Words): Html {
  const { out_order_no } = order;
  const fields = { out_order_no };
  const due = merchant?.phases.of(out_order_no)?.refund_due;
  const isPaying = standingOf(order) === 'USER_PAYING';
  const button = (name: string, path: string, text: string) =>
    press({ id: `${name}-${out_order_no}`, path, text, about: out_order_no, fields });
  return html`<div class="presses">
    ${isPaying && button('charge', '/desk/charge', words.charge)}
    ${isPaying && button('fail', '/desk/fail', words.failCharge)}
    ${button('lose', '/desk/lose-next', words.loseNext)}
    ${due !== undefined && button('pay-back', '/desk/pay-back', `${words.payBack} ${yuan(due)}`)}
  </div>`;
}

function linksHtml({ merchant, users, service }: Sources, order: Order, words: Words): Html {
  const { out_order_no, openid } = order;
  const user = users.ofOpenid(openid);
  const links = merchant && linksOf(merchant.setting, service.mchid, out_order_no);
  const number = encodeURIComponent(out_order_no);
  const isOurs = merchant?.phases.of(out_order_no)?.phase !== undefined;
  const link = (path: string | undefined, text: string): Value =>
    path !== undefined && html`<li><a href="${path}">${text}</a></li>`;
  return html`<ul class="links">
    ${link(`/phone/u/${user.id}/wechat/${number}`, words.wherePhone)}
    ${
      isOurs && [
        link(links?.workflow, words.workflow),
        link(links?.events, words.lane),
        link(`/desk/orders/${number}/api`, words.apiAnswer),
      ]
    }
  </ul>`;
}
