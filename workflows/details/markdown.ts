/** Text that others wrote, put into markdown so that it stays text. */

/** In a sentence. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}

/** As a term, to be copied. */
export function term(text: string): string {
  return `\`${text.replaceAll(/[\s`]+/g, ' ')}\``;
}
