/** Whether this worker's clock lets it do anything: WeChat Pay takes no signature, and is believed none, that is 300 s off. */
import type { Metrics } from '../process/metrics.ts';
import { apartWords } from '../wechatpay/clock.ts';

/** Less than the 300 s, so that somebody can act before. */
const LIMIT_SECONDS = 240;

export interface ClockWatch {
  /** Our clock is so far ahead of WeChat's, by the `Date` of an answer. */
  wechatpay(secondsAhead: number): void;
  /** The same of Temporal's, in ms. */
  temporal(aheadMs: number): void;
  /** In a sentence for people; undefined where it is right enough. */
  fault(): string | undefined;
}

export function createClockWatch({ noteClock }: Pick<Metrics, 'noteClock'>): ClockWatch {
  let ofWechatpay = 0;

  return {
    wechatpay(secondsAhead) {
      ofWechatpay = secondsAhead;
      noteClock('wechatpay', secondsAhead);
    },
    temporal: (aheadMs) => noteClock('temporal', aheadMs / 1_000),
    fault() {
      if (Math.abs(ofWechatpay) < LIMIT_SECONDS) return undefined;
      return `The clock of this machine is ${apartWords(ofWechatpay)} WeChat Pay’s, and 300 s are allowed: set it right.`;
    },
  };
}
