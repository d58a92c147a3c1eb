/** Before the first task: a worker that lacks a key would fail every task of the orders that were begun under it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
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
 * @returns the id of a key under which an order goes on that this worker could not read; undefined where there is none
 */
export async function lackingCodecKey(
  keys: KeysAtHand,
  logger: Logger,
  signal: AbortSignal,
): Promise<string | undefined> {
  while (!signal.aborted) {
    try {
      return await missingIn(keys);
    } catch (error) {
      if (!isAway(error) && !isTimeout(error)) throw error;
      logger.warn('Temporal does not tell which codec keys are needed; asking again in 3 s');
    }
    await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
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
