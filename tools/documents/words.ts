/** README.md is what one reads before anything else: a few minutes, whatever is added elsewhere. */

const MOST_WORDS = 700;

/** Counted like `wc -w`: what stands in blocks is read as well. */
export function wordFaults(readme: string): string[] {
  const { length } = readme.split(/\s+/).filter((word) => word !== '');
  return length > MOST_WORDS
    ? [`README.md has ${length} words, of which ${length - MOST_WORDS} are too many`]
    : [];
}
