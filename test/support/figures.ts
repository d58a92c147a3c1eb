/** Figures as Prometheus reads them. */

/** By the whole name, labels included, as they stand in the text: `name{label="value"}`. */
export function figuresIn(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = line, value = ''] = /^(\S+?(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      return [name, Number(value)];
    }),
  );
}

/** The names alone, without what a histogram adds to its own. */
export function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name));
}
