/** With which of its keys WeChat Pay signs for this merchant, against the keys that are configured. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, unknown, UnansweredError, warning, type Found } from '../finding.ts';
import type { Calls } from './calls.ts';
import { isPublicKeyId, serialOf } from './serial.ts';

const USE_PUBLIC_KEY =
  'Set WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY_FILE: 商户平台 → API安全 → 微信支付公钥.';
const DOWNLOAD = 'Set WECHATPAY_CERTIFICATES=download, for worker and API.';

export function signingModeCheck(config: DoctorConfig, calls: Calls): Check {
  return {
    id: 'signing-mode',
    async look() {
      const [listed, answer] = [
        await calls.answered(calls.certificates),
        await calls.answered(calls.query),
      ];
      const serial = serialOf(answer);
      const hasNone = listed.status === 404 && listed.code === 'RESOURCE_NOT_EXISTS';
      if (listed.status === 401 || answer.status === 401) {
        throw new UnansweredError('WeChat Pay does not take our calls.', 'See our-signature.');
      }
      if (serial === undefined || (listed.status !== 200 && !hasNone)) {
        return unknown('WeChat Pay does not say with which keys it signs.', 'See their-signature.');
      }
      return foundIn(config, serial, hasNone ? 'public key' : 'certificates');
    },
  };
}

/** @param has what WeChat Pay has for this merchant: beside certificates, often a public key as well */
function foundIn(
  { values }: DoctorConfig,
  serial: string,
  has: 'public key' | 'certificates',
): Found {
  const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_CERTIFICATE_FILES: files } = values;
  const knowsCertificates = values.WECHATPAY_CERTIFICATES === 'download' || files !== undefined;
  if (id === undefined) {
    return isPublicKeyId(serial) || has === 'public key'
      ? fault(
          `WeChat Pay signs with the public key ${serial}, and none is configured.`,
          USE_PUBLIC_KEY,
        )
      : ok('WeChat Pay signs with certificates, as is configured.');
  }
  if (serial !== id) {
    return isPublicKeyId(serial)
      ? fault(
          `WeChat Pay signs with ${serial}, and WECHATPAY_PUBLIC_KEY_ID is ${id}.`,
          USE_PUBLIC_KEY,
        )
      : fault(
          `Asked for an answer under ${id}, WeChat Pay signs with the certificate ${serial}: it does not know that id for this merchant.`,
          `Where API安全 shows a public key, copy its id; where it shows none, take WECHATPAY_PUBLIC_KEY_… out. ${DOWNLOAD}`,
        );
  }
  if (has === 'public key') return ok(`WeChat Pay signs with the public key ${id} alone.`);
  return knowsCertificates
    ? ok(`WeChat Pay signs with the public key ${id} and, on the way to it, with certificates.`)
    : warning(
        `WeChat Pay signs answers with ${id} and has certificates too: callbacks may come under either.`,
        DOWNLOAD,
      );
}
