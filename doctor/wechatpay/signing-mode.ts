/** With which of its keys WeChat Pay signs for this merchant, against the keys that are configured. */
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, unknown, UnansweredError, warning, type Found } from '../finding.ts';
import type { Calls } from './calls.ts';
import { isPublicKeyId, serialOf } from './serial.ts';

export function signingModeCheck(examination: Examination, calls: Calls): Check {
  const { words } = examination;
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
        throw new UnansweredError(words.wechatpay.refused);
      }
      if (serial === undefined || (listed.status !== 200 && !hasNone)) {
        return unknown(words.signingMode.untold);
      }
      return foundIn(examination, serial, hasNone ? 'public key' : 'certificates');
    },
  };
}

/** @param has what WeChat Pay has for this merchant: beside certificates, often a public key as well */
function foundIn(
  { config: { values }, words: { signingMode: words } }: Examination,
  serial: string,
  has: 'public key' | 'certificates',
): Found {
  const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_CERTIFICATE_FILES: files } = values;
  const knowsCertificates = values.WECHATPAY_CERTIFICATES === 'download' || files !== undefined;
  if (id === undefined) {
    return isPublicKeyId(serial) || has === 'public key'
      ? fault(words.noPublicKey(serial))
      : ok(words.byCertificates);
  }
  if (serial !== id) {
    return isPublicKeyId(serial)
      ? fault(words.otherPublicKey(serial, id))
      : fault(words.unknownId(serial, id));
  }
  if (has === 'public key') return ok(words.byPublicKey(id));
  return knowsCertificates ? ok(words.byBoth(id)) : warning(words.certificatesToo(id));
}
