/** How values are written in a bill: yuan without floats, and the merchant's text without separators. */

/** `12.30` */
export function yuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}${yuanOf(fen)}.${fenOf(fen)}`;
}

/** `0.05000`, as fees are written: five decimals although a fen has two. */
export function feeYuan(fen: number): string {
  return `${yuan(fen)}000`;
}

/** `12.3`, `45.0`: as few decimals as it takes, but one; how the summary of the public fixture is written. */
export function floatYuan(fen: number): string {
  return yuan(fen).replace(/0$/, '');
}

function yuanOf(fen: number): number {
  return Math.floor(Math.abs(fen) / 100);
}

function fenOf(fen: number): string {
  return String(Math.abs(fen) % 100).padStart(2, '0');
}

const SPECIAL = /[\\'"`,\n\r\t\ue000\u001a]/g;

/** What stands for each special character: payments and refunds differ in two of them. */
const ON_PAYMENTS: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '`': '\\`',
  ',': '\\ ',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\ue000': '\\ ',
  '\u001a': '\\\u001a',
};
const ON_REFUNDS: Record<string, string> = { ...ON_PAYMENTS, "'": "'", '`': '\\140' };

export const escapedOnPayment = (text: string) => escaped(text, ON_PAYMENTS);
export const escapedOnRefund = (text: string) => escaped(text, ON_REFUNDS);

function escaped(text: string, by: Record<string, string>): string {
  if (text.search(SPECIAL) < 0) return text; // nearly always
  return text.replaceAll(SPECIAL, (character) => by[character] ?? character);
}
