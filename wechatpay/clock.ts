/**
 * How far our clock is from WeChat Pay's, by the `Date` of its answers (RFC 9110, 6.6.1). Nothing signs that header: it explains
 * and alarms, and decides nothing.
 */
import type { Headers } from './message.ts';

/** `Date` counts whole seconds, and an answer takes its time. */
const NOTABLE_SECONDS = 30;

/** In seconds; negative where ours is behind, undefined where the answer bears no `Date`. */
export function secondsAhead(headers: Headers, now: Date): number | undefined {
  const { date } = headers;
  const theirs = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(theirs) ? undefined : Math.round((now.getTime() - theirs) / 1_000);
}

/** For people; empty where the clocks agree. */
export function clockWords(ahead: number | undefined): string {
  if (ahead === undefined || Math.abs(ahead) < NOTABLE_SECONDS) return '';
  return `; our clock is ${apartWords(ahead)} WeChat Pay’s`;
}

/** `600 s ahead of`, or `behind`. */
export function apartWords(ahead: number): string {
  return `${Math.round(Math.abs(ahead))} s ${ahead > 0 ? 'ahead of' : 'behind'}`;
}
