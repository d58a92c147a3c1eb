/** Both signatures, by one call: WeChat Pay takes ours, and we take its answer's. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError, unknown, type Found } from '../finding.ts';
import type { VerificationError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';
import { demandClock } from './clock.ts';
import { serialOf } from './serial.ts';

export function signatureChecks(config: DoctorConfig, calls: Calls): Check[] {
  return [
    {
      id: 'our-signature',
      async look() {
        const heard = await calls.answered(calls.query);
        if (heard.status === 401) return refused(heard);
        if (heard.unverified) {
          throw new UnansweredError('Who answered is not proven.', 'See their-signature.');
        }
        if (heard.status >= 500 || heard.status === 429) {
          return unknown(`WeChat Pay answers ${heard.status}.`, 'Run this again in a while.');
        }
        return ok('WeChat Pay takes what is signed with this private key and serial.');
      },
    },
    {
      id: 'their-signature',
      async look() {
        const heard = await calls.answered(calls.query);
        if (!heard.unverified) {
          return ok(`The answer is proven to be WeChat Pay’s, by its key ${serialOf(heard)}.`);
        }
        demandClock(heard);
        return await unproven(heard, heard.unverified, config, calls);
      },
    },
  ];
}

function refused(heard: Heard): Found {
  demandClock(heard);
  const code = /^[A-Z_]{1,40}$/.test(heard.code) ? heard.code : '401';
  return fault(
    `WeChat Pay does not take our signature: it answers ${code}.`,
    'WECHATPAY_MCHID, WECHATPAY_SERIAL_NO and the private key must be of one certificate that is in force: 商户平台 → 账户中心 → API安全.',
  );
}

async function unproven(
  heard: Heard,
  { reason, message }: VerificationError,
  config: DoctorConfig,
  calls: Calls,
): Promise<Found> {
  const serial = serialOf(heard);
  if (reason === 'header') {
    return fault(
      `The answer is not signed (HTTP ${heard.status}; ${message}).`,
      'See who answers at WECHATPAY_BASE_URL: a proxy on the way must pass all Wechatpay-… headers on.',
    );
  }
  if (reason === 'timestamp') {
    return fault(
      `The answer is signed for another time: ${message}.`,
      'See who answers at WECHATPAY_BASE_URL.',
    );
  }
  if (reason !== 'serial') {
    return fault(
      `The answer is signed under ${serial}, and the key that we hold for it does not verify it.`,
      'Fetch pub_key.pem, or the certificate, anew: 商户平台 → 账户中心 → API安全.',
    );
  }
  if (config.values.WECHATPAY_CERTIFICATES === 'download') throw await whyNoneTaken(calls);
  return fault(
    `The answer is signed under ${serial}, of which no key is configured.`,
    'See signing-mode.',
  );
}

/** With `download` the certificates come from WeChat Pay: the cause is what stood in the way of that. */
async function whyNoneTaken(calls: Calls): Promise<UnansweredError> {
  const { status } = await calls.certificates();
  const isHeld = (await calls.keys()).expectedSerial(new Date()) !== undefined;
  if (status !== 200) {
    return new UnansweredError(
      'No certificate could be downloaded.',
      'See signing-mode and our-signature.',
    );
  }
  return isHeld
    ? new UnansweredError(
        'The answer is signed by a certificate, and who holds a public key believes new certificates by that alone.',
        'See signing-mode.',
      )
    : new UnansweredError(
        'The certificates that WeChat Pay lists cannot be opened.',
        'See apiv3-key.',
      );
}
