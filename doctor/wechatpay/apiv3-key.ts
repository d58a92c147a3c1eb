/** Whether the APIv3 key opens what WeChat Pay encrypts, and whether the former one is still of use. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, unknown, UnansweredError, warning, type Found } from '../finding.ts';
import { certificatesIn } from '../../wechatpay/certificates.ts';
import { DecryptionError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';

export function apiV3KeyChecks(config: DoctorConfig, calls: Calls, now: () => Date): Check[] {
  return [
    {
      id: 'apiv3-key',
      async look() {
        const { current } = calls.apiV3Keys();
        const heard = await calls.answered(calls.certificates);
        if (heard.status === 200) return openedWith(current, heard, now);
        if (heard.status === 401) {
          throw new UnansweredError('WeChat Pay does not take our calls.', 'See our-signature.');
        }
        return unknown(
          'WeChat Pay has no certificates for this merchant, and encrypts nothing else that can be asked for.',
          'Compare it with what was set under API安全 → APIv3密钥. The first callback tells: the API’s wechatpay_undecryptable_total must stay 0.',
        );
      },
    },
    {
      id: 'previous-apiv3-key',
      async look() {
        const { WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: until } = config.values;
        if (until === undefined) return ok('There is no former APIv3 key.');
        const day = until.toISOString();
        return until > now()
          ? ok(`The former APIv3 key is tried until ${day}.`)
          : warning(
              `The former APIv3 key is not tried any more, since ${day}.`,
              'Take WECHATPAY_APIV3_PREVIOUS_KEY_FILE and …_UNTIL out, and delete the file.',
            );
      },
    },
  ];
}

/** The key alone: it must open what is encrypted now. */
function openedWith(current: Buffer, heard: Heard, now: () => Date): Found {
  try {
    const { length } = certificatesIn(heard.body, { apiV3Keys: { current }, now });
    return ok(`The APIv3 key opens what WeChat Pay encrypts: ${length} certificate(s).`);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    // Where no key is held for the answer, nothing speaks against it either: so it is at the first download.
    if (heard.unverified && heard.unverified.reason !== 'serial') {
      throw new UnansweredError(
        'What was answered is not proven to be WeChat Pay’s.',
        'See their-signature.',
      );
    }
    return fault(
      'The APIv3 key does not open what WeChat Pay encrypts: no callback can be read.',
      'WECHATPAY_APIV3_KEY_FILE must hold what was set under API安全 → APIv3密钥, which is another than the APIv2 key.',
    );
  }
}
