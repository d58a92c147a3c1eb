/** Times as WeChat Pay writes them: local time of Beijing, which has no daylight saving. */

const OFFSET_MS = 8 * 3600 * 1000;
const WRITTEN = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;

export type Precision = 'second' | 'day';

export interface BeijingTime {
  readonly precision: Precision;
  /** Milliseconds since the epoch; a day begins at 00:00:00 in Beijing. */
  readonly ms: number;
}

/** `yyyyMMddHHmmss` */
export function beijing14(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** `yyyyMMdd` */
export function beijing8(ms: number): string {
  return beijing14(ms).slice(0, 8);
}

/** `2026-10-01T12:00:00+08:00` */
export function rfc3339(ms: number): string {
  return `${new Date(ms + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** Reads `yyyyMMddHHmmss` or `yyyyMMdd`; undefined for anything else, a 30th of February included. */
export function readBeijing(text: string): BeijingTime | undefined {
  const parts = WRITTEN.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part || 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET_MS;
  if (!beijing14(ms).startsWith(text)) return undefined;
  return { precision: text.length === 8 ? 'day' : 'second', ms };
}
