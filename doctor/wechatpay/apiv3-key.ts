/** Whether the APIv3 key opens what WeChat Pay encrypts, and whether the former one is still of use. */
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, unknown, UnansweredError, warning, type Found } from '../finding.ts';
import { certificatesIn } from '../../wechatpay/certificates.ts';
import { DecryptionError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';

export function apiV3KeyChecks({ config, words, now }: Examination, calls: Calls): Check[] {
  const { apiV3 } = words.keys;
  return [
    {
      id: 'apiv3-key',
      async look() {
        const { current } = calls.apiV3Keys();
        const heard = await calls.answered(calls.certificates);
        if (heard.status === 200) return openedWith(current, heard, apiV3, now);
        if (heard.status === 401) throw new UnansweredError(words.wechatpay.refused);
        return unknown(apiV3.nothingToOpen);
      },
    },
    {
      id: 'previous-apiv3-key',
      async look() {
        const { WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: until } = config.values;
        if (until === undefined) return ok(apiV3.noFormer);
        const day = until.toISOString();
        return until > now() ? ok(apiV3.formerUntil(day)) : warning(apiV3.formerEnded(day));
      },
    },
  ];
}

/** The key alone: it must open what is encrypted now. */
function openedWith(
  current: Buffer,
  heard: Heard,
  words: DoctorWords['keys']['apiV3'],
  now: () => Date,
): Found {
  try {
    const { length } = certificatesIn(heard.body, { apiV3Keys: { current }, now });
    return ok(words.opens(length));
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    // Where no key is held for the answer, nothing speaks against it either: so it is at the first download.
    if (heard.unverified && heard.unverified.reason !== 'serial') {
      throw new UnansweredError(words.unproven);
    }
    return fault(words.opensNot);
  }
}
