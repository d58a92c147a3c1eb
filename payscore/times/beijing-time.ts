/** Beijing time without a zone, as order fields carry it, to and from instants. Beijing keeps UTC+8 all year. */

const OFFSET_MS = 8 * 3_600_000;

/** An instant as `yyyyMMddHHmmss` (14 digits) or `yyyyMMdd` (8), cut, not rounded. */
export function beijingTimeOf(instant: Date, digits: 8 | 14): string {
  const shifted = new Date(instant.getTime() + OFFSET_MS);
  return shifted.toISOString().replace(/\D/g, '').slice(0, digits);
}

/** The instant of a `yyyyMMddHHmmss` or `yyyyMMdd` (its midnight); undefined for any other text. */
export function instantOf(text: string): Date | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(text) ?? [];
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  if (!Number.isFinite(instant.getTime())) return undefined;
  // A 30th of February would be read as a day in March.
  return beijingTimeOf(instant, 14).startsWith(text) ? instant : undefined;
}

/** An instant as RFC 3339 with Beijing's offset, to the second. */
export function rfc3339Of(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}
