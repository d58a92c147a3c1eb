/** The merchant's own: private key, certificate and serial belong together, and until when. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';

const BELONG =
  'Take certificate, key and serial of one application: 商户平台 → 账户中心 → API安全 → 商户API证书.';

export function merchantKeyChecks(config: DoctorConfig, now: () => Date): Check[] {
  return [
    {
      id: 'merchant-key',
      async look() {
        const key = needed(config, 'WECHATPAY_PRIVATE_KEY_FILE');
        const certificate = certificateIn(config);
        const serial = needed(config, 'WECHATPAY_SERIAL_NO');
        if (!certificate.publicKey.equals(createPublicKey(key))) {
          return fault('The private key is not the one of the merchant’s certificate.', BELONG);
        }
        const own = certificate.serialNumber.toUpperCase();
        return own === serial
          ? ok(`Private key, certificate and serial ${serial} belong together.`)
          : fault(
              `The certificate’s serial is ${own}, and WECHATPAY_SERIAL_NO is ${serial}.`,
              BELONG,
            );
      },
    },
    {
      id: 'merchant-certificate',
      async look() {
        const { validFrom, validTo } = certificateIn(config);
        return foundByEnd({
          what: 'The merchant’s certificate',
          validFrom: new Date(validFrom),
          validTo: new Date(validTo),
          now: now(),
          renewal:
            'Apply for the next one; then change WECHATPAY_SERIAL_NO and the private key together.',
        });
      },
    },
  ];
}

/** @throws {UnansweredError} where there is none: WeChat tells its end to nobody who asks */
function certificateIn(config: DoctorConfig): X509Certificate {
  if (!config.isSet('WECHATPAY_MERCHANT_CERTIFICATE_FILE')) {
    throw new UnansweredError(
      'The merchant’s certificate is not here: whether it belongs to the key, and when it ends, is not known.',
      'Put apiclient_cert.pem beside the private key, or name it in WECHATPAY_MERCHANT_CERTIFICATE_FILE.',
    );
  }
  return new X509Certificate(needed(config, 'WECHATPAY_MERCHANT_CERTIFICATE_FILE'));
}
