/** Figures, a line each. */
import { median, quantile } from '../statistics.ts';

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
      for (const [what, all] of samples) {
        milliseconds(`HTTP: ${what}, median of ${all.length}`, median(all));
        milliseconds(`HTTP: ${what}, 99th percentile`, quantile(all, 0.99));
      }
    },
  };
}
