/** The report as a whole. */

interface Counts {
  readonly ok: number;
  readonly warning: number;
  readonly fault: number;
  readonly unknown: number;
}

export const report = {
  states: { ok: 'ok', warning: 'warning', fault: 'fault', unknown: 'unknown' },
  summary: ({ ok, warning, fault, unknown }: Counts) =>
    `${ok} ok, ${warning} warning, ${fault} fault, ${unknown} unknown`,
  /** Between sentences. */
  space: ' ',
};
