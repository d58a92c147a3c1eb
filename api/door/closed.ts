/** Counts and logs the connections that had to go. */
import type { Logger } from 'pino';
import type { Metrics } from '../../process/metrics.ts';
import { createSparingLog } from '../../process/sparing-log.ts';

const REASONS = {
  connections: 'too many connections are open',
  bodies: 'too many bytes of bodies are held that have not wholly arrived',
};

export interface Witness {
  readonly metrics: Pick<Metrics, 'countClosed'>;
  readonly logger: Logger;
}

export function closedFor(bound: keyof typeof REASONS, { metrics, logger }: Witness): () => void {
  const sparing = createSparingLog(logger);
  return () => {
    metrics.countClosed(bound);
    sparing.warn(
      { reason: REASONS[bound] },
      'a connection without a complete request had to go, the one that had waited longest',
    );
  };
}
