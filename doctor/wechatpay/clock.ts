/** Our clock against WeChat Pay's: it takes no signature, and is believed none, that is 300 s off. */
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, UnansweredError, unknown, warning } from '../finding.ts';
import { secondsAhead } from '../../wechatpay/clock.ts';
import { TOLERANCE_SECONDS } from '../../wechatpay/verification.ts';
import type { Calls, Heard } from './calls.ts';

/** An answer takes its time, and orders' times are refused for seconds. */
const NOTABLE_SECONDS = 5;
const ALARMING_SECONDS = 240;

export function wechatpayClockCheck({ words }: Examination, calls: Calls): Check {
  const { ofWechatpay: told } = words.clocks;
  return {
    id: 'wechatpay-clock',
    async look() {
      const ahead = aheadOf(await calls.answered(calls.query));
      if (ahead === undefined) return unknown(told.noTime);
      if (Math.abs(ahead) <= NOTABLE_SECONDS) return ok(told.agree);
      const apart = told.apart(Math.round(ahead));
      return Math.abs(ahead) < ALARMING_SECONDS ? warning(apart) : fault(apart);
    },
  };
}

/** @throws {UnansweredError} where the clocks are so far apart that no signature counts, on either side */
export function demandClock(heard: Heard, { clocks }: Pick<DoctorWords, 'clocks'>): void {
  if (Math.abs(aheadOf(heard) ?? 0) < TOLERANCE_SECONDS) return;
  throw new UnansweredError(clocks.ofWechatpay.tooFarApart);
}

/** In seconds. What it signed is the better witness, where that verified. */
function aheadOf({ headers, at, unverified }: Heard): number | undefined {
  const signed = Number(headers['wechatpay-timestamp']);
  return unverified === undefined && !Number.isNaN(signed)
    ? at.getTime() / 1_000 - signed
    : secondsAhead(headers, at);
}
