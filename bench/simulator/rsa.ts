/** What no simulator can save: the merchant and WeChat Pay each sign once and verify once in every call. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Merchant } from '../../simulator/credentials/merchant.ts';

const ROUNDS = 200;

export function rsaOfCallMs({ private_key, certificate }: Merchant): number {
  const [privateKey, publicKey] = [createPrivateKey(private_key), createPublicKey(certificate)];
  const message = Buffer.alloc(1000, 'a');
  const start = performance.now();
  for (let i = 0; i < ROUNDS; i++) {
    verify('sha256', message, publicKey, sign('sha256', message, privateKey));
  }
  return (2 * (performance.now() - start)) / ROUNDS;
}
