/** Decimal text to a whole number of its smallest unit, without floats: a sum of fen must be exact. */

const [MINUS, POINT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];

/**
 * `12.3` with two decimals is 1230. Bills write the same amount with one, two or five decimals, or none; further ones
 * are taken where they are zeros. Written by hand, not as a regular expression: it runs some ten times a row.
 *
 * @param decimals how many the smallest unit has: 2 for fen, 5 for fees, 0 for counts
 * @param start where in the text the number begins
 * @returns undefined for anything but digits with at most one point between them and one sign before, for a part of
 *   the smallest unit, and for what a number cannot hold exactly
 */
export function decimalOf(text: string, decimals: number, start = 0): number | undefined {
  const { length } = text;
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  let units = 0;
  let point = -1;
  for (let at = first; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      const isWithin = point < 0 || at - point <= decimals;
      if (isWithin) units = units * 10 + (code - ZERO);
      else if (code !== ZERO) return undefined;
    } else if (code === POINT && point < 0 && at > first) {
      point = at;
    } else {
      return undefined;
    }
  }
  const last = length - 1;
  if (first > last || point === last) return undefined;

  const written = point < 0 ? 0 : last - point;
  for (let missing = written; missing < decimals; missing += 1) units *= 10;
  if (!Number.isSafeInteger(units)) return undefined;
  return first > start ? 0 - units : units; // not -units: a bill may well say -0.00
}

/** `12.30`; of the units that `decimals` says. */
export function decimalText(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = decimals > 0 ? `.${digits.slice(-decimals)}` : '';
  return `${units < 0 ? '-' : ''}${whole}${part}`;
}
