/** What passes between us and WeChat Pay: our calls, its callbacks, and what of it is not believed. */
import { Counter, Histogram, type Registry } from 'prom-client';

/** A call gives up after 10 s; a bill may take half an hour. */
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 1_800];
/** WeChat Pay waits for 5 s. */
const CALLBACK_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5];
/** It repeats a callback that is not taken for a day and more. */
const AGE_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 10_800, 43_200, 86_400];

export function wechatpayFigures(registry: Registry) {
  const registers = [registry];
  const calls = new Histogram({
    name: 'wechatpay_call_duration_seconds',
    help: 'Calls of WeChat Pay until their verified answer, by what they came to; `unknown` are those of which nobody knows what was done.',
    labelNames: ['call', 'outcome'],
    buckets: CALL_SECONDS,
    registers,
  });
  const callbacks = new Histogram({
    name: 'wechatpay_callback_duration_seconds',
    help: 'Callbacks in WeChat Pay’s name until our answer, by what they are about and what became of them.',
    labelNames: ['type', 'result'],
    buckets: CALLBACK_SECONDS,
    registers,
  });
  const ages = new Histogram({
    name: 'wechatpay_callback_age_seconds',
    help: 'How long ago WeChat Pay had made a verified callback when it came: what is older was repeated, or was long on its way.',
    labelNames: ['type'],
    buckets: AGE_SECONDS,
    registers,
  });
  const unverified = new Counter({
    name: 'wechatpay_unverified_total',
    help: 'Messages in WeChat Pay’s name that were not believed; `probe` are those by which WeChat tests whether we verify.',
    labelNames: ['message', 'reason'],
    registers,
  });
  const undecryptable = new Counter({
    name: 'wechatpay_undecryptable_total',
    help: 'Notifications that WeChat Pay is proven to have sent and that cannot be opened: our APIv3 key is not the one it uses.',
    registers,
  });

  return {
    countCall: ({ call, outcome, seconds }: Call) => calls.observe({ call, outcome }, seconds),
    countCallback({ type, result, seconds }: Callback) {
      callbacks.observe({ type, result }, seconds);
    },
    noteCallbackAge: (type: CallbackType, seconds: number) => ages.observe({ type }, seconds),
    countUndecryptable: () => undecryptable.inc(),
    /** Counts messages of this kind by why they were not believed. */
    countUnverified: (message: 'answer' | 'notification') => (reason: string) =>
      unverified.inc({ message, reason }),
  };
}

interface Call {
  /** The client's function. */
  readonly call: string;
  readonly outcome: string;
  readonly seconds: number;
}

/** `unread`: it was not believed, or could not be opened, so that nobody knows. */
export type CallbackType = 'paid' | 'refund' | 'authorized' | 'unauthorized' | 'other' | 'unread';

interface Callback {
  readonly type: CallbackType;
  readonly result: string;
  readonly seconds: number;
}
