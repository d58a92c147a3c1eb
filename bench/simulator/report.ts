/** Figures, a line each. */

export function createReport() {
  const samples = new Map<string, number[]>();

  function line(what: string, figure: string, unit: string): void {
    console.log(`${what.padEnd(64)}${figure.padStart(10)} ${unit}`);
  }
  const milliseconds = (what: string, ms: number) => line(what, ms.toFixed(2), 'ms');

  return {
    milliseconds,
    megabytes: (what: string, bytes: number) => line(what, (bytes / 1e6).toFixed(0), 'MB'),
    sample(what: string, ms: number): void {
      const others = samples.get(what) ?? [];
      samples.set(what, others);
      others.push(ms);
    },
    /** By kind: the middle one, and the one that 99 of 100 do not exceed. */
    samples(): void {
      for (const [what, unsorted] of samples) {
        const sorted = unsorted.toSorted((a, b) => a - b);
        const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
        milliseconds(`HTTP: ${what}, median of ${sorted.length}`, at(0.5));
        milliseconds(`HTTP: ${what}, 99th percentile`, at(0.99));
      }
    },
  };
}
