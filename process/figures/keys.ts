/** What keys and clocks will stop: certificates that end, clocks that drift, and keys of the codec that are not there. */
import { Counter, Gauge, type Registry } from 'prom-client';
import { harmless } from './harmless.ts';
import type { KeyEnd } from '../../config/key-ends.ts';

const USES = ['encrypted', 'decrypted', 'unreadable'] as const;

export function keyFigures(registry: Registry) {
  const registers = [registry];
  const clockAhead = new Gauge({
    name: 'payscore_clock_ahead_seconds',
    help: 'How far the clock of this machine was ahead of Temporal’s or WeChat Pay’s when it was last seen; negative where it was behind.',
    labelNames: ['of'],
    registers,
  });
  const codec = new Counter({
    name: 'payscore_codec_payloads_total',
    help: 'Payloads of Temporal that were encrypted or decrypted, and those that no key here opens.',
    labelNames: ['use'],
    registers,
  });
  for (const use of USES) codec.inc({ use }, 0);

  let endsOf: () => readonly KeyEnd[] = () => [];
  const ends = new Gauge({
    name: 'payscore_key_end_timestamp_seconds',
    help: 'When the last certificate of a kind, or a key, ends, in seconds since 1970. A key without an end has none.',
    labelNames: ['kind'],
    registers: [],
    // Certificates are downloaded anew: what counts is asked when somebody looks.
    collect() {
      this.reset();
      for (const [kind, end] of latestOf(endsOf())) this.set({ kind }, end);
    },
  });
  registry.registerMetric(ends);

  return {
    noteClock: (of: 'temporal' | 'wechatpay', secondsAhead: number) =>
      clockAhead.set({ of }, secondsAhead),
    countCodecUse: (use: (typeof USES)[number]) => codec.inc({ use }),
    /** @param source says what is held now */
    watchKeyEnds(source: () => readonly KeyEnd[]): void {
      // One that cannot be read leaves the other figures.
      endsOf = () => harmless({ source }).source() ?? [];
    },
  };
}

/** An old certificate ends beside the new one, which needs nobody. */
function latestOf(ends: readonly KeyEnd[]): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { kind, end } of ends)
    latest.set(kind, Math.max(latest.get(kind) ?? 0, end.getTime() / 1_000));
  return latest;
}
