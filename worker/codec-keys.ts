/** Before the first task: a worker that lacks a key would fail every task of the orders that were begun under it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { ConfigError } from '../config/programs.ts';
import { missingKeyId } from '../temporal/codec/keys-in-use.ts';
import { isAway, isTimeout, isUnprepared } from '../temporal/errors.ts';

const AGAIN_MS = 3_000;

export interface KeysAtHand {
  readonly client: Client;
  readonly taskQueue: string;
  readonly keyIds: readonly string[];
}

/**
 * Asks until Temporal has told, or the worker is to end.
 *
 * @throws {ConfigError} where an order goes on that this worker could not read
 */
export async function demandCodecKeys(
  keys: KeysAtHand,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const missing = await missingIn(keys);
      if (missing !== undefined) throw new ConfigError(lacking(missing));
      return;
    } catch (error) {
      if (!isAway(error) && !isTimeout(error)) throw error;
      logger.warn('Temporal does not tell which codec keys are needed; asking again in 3 s');
    }
    await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function missingIn({ client, taskQueue, keyIds }: KeysAtHand): Promise<string | undefined> {
  try {
    return await missingKeyId(client, taskQueue, keyIds);
  } catch (error) {
    // Where no attribute tells of a key, nothing was begun under any.
    if (isUnprepared(error)) return undefined;
    throw error;
  }
}

function lacking(keyId: string): string {
  return (
    `Temporal has orders that go on and are encrypted under the codec key ${keyId}, which CODEC_KEY_FILES does not hold: ` +
    'add its file behind the newest. Nothing is lost meanwhile.'
  );
}
