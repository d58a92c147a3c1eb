/** The keys that are let in, as their file has them now: a key is given, or taken back, without a restart. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { ApiKey } from '../../config/api-keys.ts';

/** By looking, which works where a folder is mounted or a link is put in the place of another. */
const LOOK_MS = 2_000;

export interface ApiKeys {
  find(secret: string): ApiKey | undefined;
  /** As the file has it now. */
  named(name: string): ApiKey | undefined;
  stop(): void;
}

export interface ApiKeysFile {
  readonly path: string;
  /** As it was when the program started. */
  readonly keys: readonly ApiKey[];
  /** @throws {Error} whose message names the fault */
  parse(text: string): ApiKey[];
}

/** A file with a fault changes nothing: who was let in stays so, and the log says what is wrong. */
export function watchApiKeys({ path, keys: first, parse }: ApiKeysFile, logger: Logger): ApiKeys {
  let keys = first;
  const read = async () => {
    try {
      keys = parse(await readFile(path, 'utf8'));
      logger.info({ names: keys.map(({ name }) => name) }, 'API_KEYS_FILE was read again');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code === undefined ? message : `cannot be read (${code})`;
      logger.error({ reason }, 'API_KEYS_FILE has a fault; the keys of before are let in');
    }
  };
  const look = () => void read();
  watchFile(path, { interval: LOOK_MS, persistent: false }, look);
  return {
    find: (secret) => keyIn(keys, secret),
    named: (name) => keys.find((key) => key.name === name),
    stop: () => unwatchFile(path, look),
  };
}

export function keyIn(keys: readonly ApiKey[], secret: string): ApiKey | undefined {
  const digest = createHash('sha256').update(secret).digest();
  return keys.find(({ sha256 }) => timingSafeEqual(sha256, digest));
}
