/** The worker's connection to Temporal, which may not be up yet. */
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { reasonOf } from '../temporal/unreachable.ts';

const AGAIN_MS = 3_000;

/** What is encrypted does not compress: trying costs both sides some 2 % of an order. */
const UNCOMPRESSED = { grpcCompression: { codec: 'none' } } as const;

/** Tries until Temporal answers, and says each time why it does not. */
export async function connect(
  options: NativeConnectionOptions,
  namespace: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ ...options, ...UNCOMPRESSED });
    } catch (error) {
      const reason = await reasonOf(error, options, namespace);
      logger.warn(
        { address: options.address, reason },
        'Temporal cannot be reached; trying again in 3 s',
      );
    }
    await delay(AGAIN_MS, undefined, { signal });
  }
}
