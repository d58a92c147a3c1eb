/**
 * Credentials of a merchant of one's own, with RSA keys that were made before: three take half a second of a processor, and a run of
 * the tests has hundreds of merchants.
 */
import { createPrivateKey, createPublicKey, randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  generateCredentials,
  rsaPair,
  type RsaPair,
} from '../../simulator/credentials/generate.ts';
import type { Credentials } from '../../simulator/credentials/merchant.ts';
import { kept } from './kept.ts';

/** So many merchants in turn have nothing in common. */
const MERCHANTS = 12;
const PAIRS = 3 * MERCHANTS;

let pairs: Promise<readonly RsaPair[]> | undefined;
let next = randomInt(MERCHANTS) * 3;

export async function testCredentials(): Promise<Credentials> {
  pairs ??= keptPairs();
  const known = await pairs;
  const first = next;
  next = (next + 3) % PAIRS;
  let nth = first;
  return await generateCredentials(async () => known[nth++] ?? (await rsaPair()));
}

async function keptPairs(): Promise<RsaPair[]> {
  const folder = await kept('rsa', ['simulator/credentials/generate.ts'], async (own) => {
    for (let nth = 0; nth < PAIRS; nth++) {
      const { privateKey } = await rsaPair();
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
      await writeFile(join(own, `${nth}.pem`), pem, { mode: 0o600 });
    }
  });
  const numbers = Array.from({ length: PAIRS }, (_, nth) => nth);
  return await Promise.all(
    numbers.map(async (nth) => {
      const privateKey = createPrivateKey(await readFile(join(folder, `${nth}.pem`)));
      return { privateKey, publicKey: createPublicKey(privateKey) };
    }),
  );
}
