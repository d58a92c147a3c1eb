/** Our clock against WeChat Pay's: it takes no signature, and is believed none, that is 300 s off. */
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError, unknown, warning } from '../finding.ts';
import { apartWords, secondsAhead } from '../../wechatpay/clock.ts';
import { TOLERANCE_SECONDS } from '../../wechatpay/verification.ts';
import type { Calls, Heard } from './calls.ts';

/** An answer takes its time, and orders' times are refused for seconds. */
const NOTABLE_SECONDS = 5;
const ALARMING_SECONDS = 240;

const BY_NTP = 'Set the clock of this machine, and keep it by NTP.';

export function wechatpayClockCheck(calls: Calls): Check {
  return {
    id: 'wechatpay-clock',
    async look() {
      const ahead = aheadOf(await calls.answered(calls.query));
      if (ahead === undefined)
        return unknown('The answer tells no time.', 'Look who answers there.');
      if (Math.abs(ahead) <= NOTABLE_SECONDS) {
        return ok('The clock of this machine and WeChat Pay’s agree.');
      }
      const sentence = `The clock of this machine is ${apartWords(ahead)} WeChat Pay’s.`;
      return Math.abs(ahead) < ALARMING_SECONDS
        ? warning(sentence, BY_NTP)
        : fault(sentence, BY_NTP);
    },
  };
}

/** @throws {UnansweredError} where the clocks are so far apart that no signature counts, on either side */
export function demandClock(heard: Heard): void {
  if (Math.abs(aheadOf(heard) ?? 0) < TOLERANCE_SECONDS) return;
  throw new UnansweredError(
    'The clocks are too far apart for any signature to be taken.',
    'See wechatpay-clock.',
  );
}

/** In seconds. What it signed is the better witness, where that verified. */
function aheadOf({ headers, at, unverified }: Heard): number | undefined {
  const signed = Number(headers['wechatpay-timestamp']);
  return unverified === undefined && !Number.isNaN(signed)
    ? at.getTime() / 1_000 - signed
    : secondsAhead(headers, at);
}
