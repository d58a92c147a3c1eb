/** Secrets of the stack's own, so that what is shown is what is deployed: the key of its orders, and of its events. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { PRIVATE_FILE } from './private.ts';

const BYTES = 32;

/** Made where it is missing, as `openssl rand -hex 32` does. */
export async function keepCodecKey(file: string): Promise<Buffer> {
  return Buffer.from(await kept(file, () => randomBytes(BYTES).toString('hex')), 'hex');
}

/** Made where it is missing, as `echo "whsec_$(openssl rand -base64 32)"` does. */
export async function keepEventsSecret(file: string): Promise<string> {
  return await kept(file, () => `whsec_${randomBytes(BYTES).toString('base64')}`);
}

async function kept(file: string, make: () => string): Promise<string> {
  try {
    await writeFile(file, `${make()}\n`, { flag: 'wx', mode: PRIVATE_FILE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
