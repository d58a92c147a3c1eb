/** What the run comes to: one row a fact, with what it must be. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What it must be; undefined where it is only told. */
  readonly must?: string;
  readonly isRight: boolean;
}

export type Tell = (what: string, measured: string, must?: Must) => void;

export interface Must {
  readonly be: string;
  readonly isSo: boolean;
}

export function createTable(print: (line: string) => void) {
  const rows: Row[] = [];
  return {
    tell(what: string, measured: string, must?: Must): void {
      rows.push({ what, measured, ...(must && { must: must.be }), isRight: must?.isSo ?? true });
      print(`${must?.isSo === false ? '✘' : '✔'} ${what}: ${measured}`);
    },
    /** In Markdown. */
    text(): string {
      const lines = rows.map(
        ({ what, measured, must = '', isRight }) =>
          `| ${isRight ? '' : '✘ '}${what} | ${measured} | ${must} |`,
      );
      return ['| what | measured | must be |', '| --- | --- | --- |', ...lines].join('\n');
    },
    isRight: () => rows.every((row) => row.isRight),
  };
}

/** Answers by their status; 0 where nobody answered. */
export function wordsOf(answers: ReadonlyMap<number, number>): string {
  return [...answers]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${status || 'cut off'}: ${count}`)
    .join(', ');
}
