/** The merchant's own: private key, certificate and serial belong together, and until when. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';

export function merchantKeyChecks(examination: Examination): Check[] {
  const { words, now } = examination;
  const { merchant } = words.keys;
  return [
    {
      id: 'merchant-key',
      async look() {
        const key = needed(examination, 'WECHATPAY_PRIVATE_KEY_FILE');
        const certificate = certificateIn(examination);
        const serial = needed(examination, 'WECHATPAY_SERIAL_NO');
        if (!certificate.publicKey.equals(createPublicKey(key))) return fault(merchant.otherKey);
        const own = certificate.serialNumber.toUpperCase();
        return own === serial
          ? ok(merchant.belong(serial))
          : fault(merchant.otherSerial(own, serial));
      },
    },
    {
      id: 'merchant-certificate',
      async look() {
        const { validFrom, validTo } = certificateIn(examination);
        return foundByEnd(
          {
            what: merchant.certificate,
            validFrom: new Date(validFrom),
            validTo: new Date(validTo),
            now: now(),
            renewal: merchant.renewal,
          },
          words,
        );
      },
    },
  ];
}

/** @throws {UnansweredError} where there is none: WeChat tells its end to nobody who asks */
function certificateIn(examination: Examination): X509Certificate {
  const { config, words } = examination;
  if (!config.isSet('WECHATPAY_MERCHANT_CERTIFICATE_FILE')) {
    throw new UnansweredError(words.keys.merchant.noCertificate);
  }
  return new X509Certificate(needed(examination, 'WECHATPAY_MERCHANT_CERTIFICATE_FILE'));
}
