/** What Temporal counts of itself: requests to it, and writes to its store and to visibility. */

/** The figures of a moment, by name and labels. */
export type ServerFigures = ReadonlyMap<string, number>;

export async function serverFigures(url: string): Promise<ServerFigures> {
  const text = await (await fetch(url)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** How much was added to a counter, by the value of one of its labels, most first. */
export function added(
  before: ServerFigures,
  after: ServerFigures,
  { counter, label }: { readonly counter: string; readonly label: string },
): [string, number][] {
  const sums = new Map<string, number>();
  for (const [key, value] of after) {
    if (!key.startsWith(`${counter}{`)) continue;
    const labelled = new RegExp(`[{,]${label}="([^"]*)"`).exec(key)?.[1] ?? '';
    const more = value - (before.get(key) ?? 0);
    sums.set(labelled, (sums.get(labelled) ?? 0) + more);
  }
  return [...sums].filter(([, sum]) => sum > 0).toSorted(([, a], [, b]) => b - a);
}
