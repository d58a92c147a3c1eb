/** Notifications on the desk: every attempt to say each, and what can be done about them. */
import { rfc3339 } from '../../beijing-time.ts';
import type { Attempt, Notification } from '../../notifications/notification.ts';
import { time, timeText } from '../figures.ts';
import { html, type Html, type Value } from '../html.ts';
import type { Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { code, press, row, section, table } from './parts.ts';

const SHOWN = 100;

export function notificationsPart({ latest, outbox }: Sources, words: Words): Html {
  const shown = latest('notification', SHOWN).flatMap((id) => outbox.get(id) ?? []);
  const isHeld = outbox.isHeld();
  return section('notifications', words.notifications, [
    html`<div class="presses">
      ${press({ id: 'lose-next', path: '/desk/lose-next', text: words.loseNext })}
      ${
        isHeld
          ? press({ id: 'release', path: '/desk/release', text: words.release })
          : press({ id: 'hold', path: '/desk/hold', text: words.hold })
      }
      ${isHeld && html`<strong>${words.held}</strong>`}
    </div>`,
    shown.length === 0
      ? html`<p class="hint">${words.noNotifications}</p>`
      : html`<p class="hint">${words.notificationsText(shown.length)}</p>
          ${notificationsTable(words.notifications, shown, words, 'all')}`,
  ]);
}

export function notificationsTable(
  label: string,
  notifications: readonly Notification[],
  words: Words,
  place: 'all' | 'own',
): Html {
  const withOrder = place === 'all';
  return table(
    label,
    [words.time, words.what, ...(withOrder ? [words.order] : []), words.outcome, words.resend],
    notifications.map((it) =>
      row(`${place}-${it.id}`, [
        time(it.create_time),
        html`${code(it.event_type)} <span class="standing">${it.state}</span>`,
        ...(withOrder ? [html`<span class="number">${it.out_order_no}</span>`] : []),
        attemptsHtml(it, words),
        press({
          id: `resend-${place}-${it.id}`,
          path: '/desk/resend',
          text: words.resend,
          about: it.event_type,
          fields: { id: it.id },
        }),
      ]),
    ),
  );
}

function attemptsHtml({ attempts, due_ms }: Notification, words: Words): Value {
  if (attempts.length === 0) return words.noAttempt;
  return html`<ol class="attempts">
      ${attempts.map((attempt) => html`<li>${attemptHtml(attempt, words)}</li>`)}
    </ol>
    ${
      due_ms !== undefined &&
      html`<time datetime="${rfc3339(due_ms)}">${words.next(timeText(due_ms).slice(5))}</time>`
    }`;
}

function attemptHtml(attempt: Attempt, words: Words): Html {
  const { status, error, fault } = attempt;
  const isWell = status !== undefined && status < 300 && fault === undefined;
  const isSaid = fault !== undefined && fault === error; // `lost` is both
  const told = [!isSaid && toldOf(attempt), fault !== undefined && words.fault(fault)];
  return html`${time(attempt.time)}
    <span class="${isWell ? 'well' : 'ill'}">${told.filter(Boolean).join(' · ')}</span>`;
}

export function toldOf({ status, error }: Attempt): string {
  return status === undefined ? (error ?? '') : String(status);
}
