/** WeChat Pay's self-test, `POST /v3/security/echo`: a word encrypted for it, which comes back encrypted for us. */
import { randomUUID } from 'node:crypto';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError, unknown, warning, type Found } from '../finding.ts';
import { needed } from '../given.ts';
import { DecryptionError } from '../../wechatpay/errors.ts';
import { openField, sealField } from '../../wechatpay/sensitive-field.ts';
import type { Calls } from './calls.ts';
import { demandClock } from './clock.ts';

const MESSAGE = 'doctor';

export function echoCheck(config: DoctorConfig, calls: Calls, now: () => Date): Check {
  return {
    id: 'security-echo',
    async look() {
      const answer = await calls.answered(calls.query);
      demandClock(answer);
      if (answer.status === 401) {
        throw new UnansweredError('WeChat Pay does not take our calls.', 'See our-signature.');
      }
      const keys = await calls.keys();
      // Which is named in the request by itself.
      const serial = keys.expectedSerial(now());
      const key = serial === undefined ? undefined : keys.find(serial, now());
      if (serial === undefined || !key) {
        throw new UnansweredError('No key of WeChat Pay’s is at hand.', 'See their-signature.');
      }
      const word = randomUUID();
      const heard = await calls.answered(() =>
        calls.send({
          method: 'POST',
          target: '/v3/security/echo',
          body: { echo_message: MESSAGE, encrypted_echo_message: sealField(word, key) },
        }),
      );
      if (heard.unverified) {
        throw new UnansweredError(
          'The answer is not proven to be WeChat Pay’s.',
          'See their-signature.',
        );
      }
      if (heard.status === 400) {
        return fault(
          `WeChat Pay does not open what is encrypted for its key ${serial}.`,
          'Key and id must be of one pair: fetch both anew, 商户平台 → 账户中心 → API安全.',
        );
      }
      if (heard.status !== 200) {
        return unknown(
          `WeChat Pay answers the self-test with ${heard.status}.`,
          'Nothing needs it: the other checks count.',
        );
      }
      const { encrypted_echo_message: returned, echo_message: said } = heard.json;
      if (said !== MESSAGE)
        return fault('WeChat Pay heard something else than was sent.', ON_THE_WAY);
      return openedBy(needed(config, 'WECHATPAY_PRIVATE_KEY_FILE'), String(returned), word);
    },
  };
}

const ON_THE_WAY = 'Look what is between here and WeChat Pay.';

function openedBy(
  privateKey: Parameters<typeof openField>[1],
  returned: string,
  word: string,
): Found {
  try {
    return openField(returned, privateKey) === word
      ? ok('What is encrypted for WeChat Pay comes back encrypted for us.')
      : fault('What WeChat Pay encrypted for us is not what was sent.', ON_THE_WAY);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    return warning(
      'WeChat Pay encrypts for another certificate of this merchant than the one in use.',
      'Change to the newest certificate when it is convenient: nothing here is encrypted so.',
    );
  }
}
