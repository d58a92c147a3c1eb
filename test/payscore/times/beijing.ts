/** Moments in Beijing, by which tables of times are written. */

/** A time of 1 October 2026 in Beijing, or of another day. */
export const beijing = (time: string, day = '2026-10-01') => new Date(`${day}T${time}+08:00`);
