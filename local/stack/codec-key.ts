/** The key under which the stack's orders are encrypted: of its own, so that what is shown is what is deployed. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { PRIVATE_FILE } from './private.ts';

const KEY_BYTES = 32;

/** Made where it is missing, as `openssl rand -hex 32` does. */
export async function keepCodecKey(file: string): Promise<Buffer> {
  const made = `${randomBytes(KEY_BYTES).toString('hex')}\n`;
  try {
    await writeFile(file, made, { flag: 'wx', mode: PRIVATE_FILE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
}
