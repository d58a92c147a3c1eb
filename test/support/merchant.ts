/** The merchant's side of a simulator: keys and client. */
import { createPrivateKey } from 'node:crypto';
import type { Merchant } from '../../simulator/credentials/merchant.ts';
import { createClient, type ClientOptions } from '../../wechatpay/client.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';

export function keysOf(merchant: Merchant) {
  return createVerificationKeys({
    publicKey: { id: merchant.public_key_id, pem: merchant.public_key },
    certificates: [merchant.platform_certificate],
    ownSerial: merchant.serial_no,
  });
}

export function clientOf(merchant: Merchant, change: Partial<ClientOptions> = {}) {
  return createClient({
    baseUrl: merchant.base_url,
    merchant: {
      mchid: merchant.mchid,
      serial: merchant.serial_no,
      privateKey: createPrivateKey(merchant.private_key),
    },
    keys: keysOf(merchant),
    now: () => new Date(),
    ...change,
  });
}
