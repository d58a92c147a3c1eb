/** GET /v3/certificates: the platform certificates, each encrypted under the merchant's APIv3 key. */
import { randomBytes } from 'node:crypto';
import { encryptResource } from '../../wechatpay/resource.ts';
import { rfc3339 } from '../beijing-time.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import { listedAt } from '../credentials/platform-certificates.ts';
import type { Handler } from '../transport/endpoint.ts';
import { RefusalError } from '../transport/refusal-error.ts';

export function certificatesHandler(keys: KeyRing): Handler {
  return () => {
    const { mode, platform } = keys.state();
    if (mode === 'public-key') throw new RefusalError('noCertificates');
    const listed = listedAt(Date.now(), platform);
    if (listed.length === 0) throw new RefusalError('certificatesExpired');

    const key = Buffer.from(keys.credentials().merchant.api_v3_key);
    return {
      data: listed.map(({ serial_no, pem, effective_ms, expire_ms }) => {
        const nonce = randomBytes(6).toString('hex');
        return {
          serial_no,
          effective_time: rfc3339(effective_ms),
          expire_time: rfc3339(expire_ms),
          encrypt_certificate: encryptResource(
            { text: pem, nonce, associated_data: 'certificate' },
            key,
          ),
        };
      }),
    };
  };
}
