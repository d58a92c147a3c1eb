/** Amounts and times as the page writes them. */
import { rfc3339 } from '../beijing-time.ts';
import { html, type Html } from './html.ts';

/** `500` → `¥5.00` */
export function yuan(fen: number): string {
  return `¥${(fen / 100).toFixed(2)}`;
}

/** `2026-11-30 13:34:31`, in Beijing. */
export function timeText(ms: number): string {
  return rfc3339(ms).slice(0, 19).replace('T', ' ');
}

/** Of RFC 3339 or ISO 8601, in any zone. */
export function time(text: string): Html {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return html`${text}`;
  return html`<time datetime="${rfc3339(ms)}">${timeText(ms).slice(5)}</time>`;
}
