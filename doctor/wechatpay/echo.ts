/** WeChat Pay's self-test, `POST /v3/security/echo`: a word encrypted for it, which comes back encrypted for us. */
import { randomUUID } from 'node:crypto';
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, UnansweredError, unknown, warning, type Found } from '../finding.ts';
import { needed } from '../given.ts';
import { DecryptionError } from '../../wechatpay/errors.ts';
import { openField, sealField } from '../../wechatpay/sensitive-field.ts';
import type { Calls } from './calls.ts';
import { demandClock } from './clock.ts';

const MESSAGE = 'doctor';

export function echoCheck(examination: Examination, calls: Calls): Check {
  const { words, now } = examination;
  const { echo, refused } = words.wechatpay;
  return {
    id: 'security-echo',
    async look() {
      const answer = await calls.answered(calls.query);
      demandClock(answer, words);
      if (answer.status === 401) throw new UnansweredError(refused);
      const keys = await calls.keys();
      // Which is named in the request by itself.
      const serial = keys.expectedSerial(now());
      const key = serial === undefined ? undefined : keys.find(serial, now());
      if (serial === undefined || !key) throw new UnansweredError(echo.noKey);
      const word = randomUUID();
      const heard = await calls.answered(() =>
        calls.send({
          method: 'POST',
          target: '/v3/security/echo',
          body: { echo_message: MESSAGE, encrypted_echo_message: sealField(word, key) },
        }),
      );
      if (heard.unverified) throw new UnansweredError(echo.unproven);
      if (heard.status === 400) return fault(echo.opensNot(serial));
      if (heard.status !== 200) return unknown(echo.otherwise(heard.status));
      const { encrypted_echo_message: returned, echo_message: said } = heard.json;
      if (said !== MESSAGE) return fault(echo.heardElse);
      const privateKey = needed(examination, 'WECHATPAY_PRIVATE_KEY_FILE');
      return openedBy(privateKey, String(returned), word, echo);
    },
  };
}

function openedBy(
  privateKey: Parameters<typeof openField>[1],
  returned: string,
  word: string,
  words: DoctorWords['wechatpay']['echo'],
): Found {
  try {
    return openField(returned, privateKey) === word ? ok(words.right) : fault(words.returnedElse);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    return warning(words.otherCertificate);
  }
}
