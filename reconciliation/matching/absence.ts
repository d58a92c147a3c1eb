/**
 * Tells at once what is certainly not among these: most rows of a bill are of the merchant's other business, and a map of
 * 200,000 strings takes a microsecond to say so.
 */
const SLOTS = 2 ** 22;
const TAIL = 7;

/** @returns whether there is none of this name; where that is not certain, false */
export function absenceFrom(names: Iterable<string>): (name: string) => boolean {
  const taken = new Uint8Array(SLOTS);
  for (const name of names) taken[slotOf(name)] = 1;
  return (name) => taken[slotOf(name)] === 0;
}

/** By its last characters: of a transaction they are the digits that differ most. */
function slotOf(name: string): number {
  let slot = 0;
  for (let at = Math.max(0, name.length - TAIL); at < name.length; at++) {
    slot = slot * 10 + name.charCodeAt(at);
  }
  return slot % SLOTS;
}
