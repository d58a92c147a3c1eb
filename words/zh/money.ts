/** Money, for people. */

/** @param fen a whole number */
export function yuan(fen: number): string {
  return `${(fen / 100).toFixed(2)} 元`;
}
