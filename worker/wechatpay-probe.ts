/** Whether WeChat Pay answers our calls and takes them: asked at the start instead of at the first order, and again while it does not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { reasonOf } from './logger.ts';
import { classify } from '../wechatpay/classification.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { InvalidParameterError, NotSentError, WechatpayRefusal } from '../wechatpay/errors.ts';

/** Soon at first: what is started together is not up at the same second. */
const AGAIN_MS = 1_000;
const LONGEST_AGAIN_MS = 10_000;
/** One call to which nothing comes back is no silence. */
const SILENT_AFTER_MS = 30_000;

export interface Contact {
  /** How a call ended: with which error, or with an answer. */
  note(error?: unknown): void;
  /** In a sentence for people; undefined while WeChat Pay answers. */
  fault(): string | undefined;
}

export function createContact(now: () => number = Date.now): Contact {
  let why: string | undefined = 'WeChat Pay has not answered yet.';
  let since = -Infinity;

  return {
    note(error) {
      if (error instanceof InvalidParameterError || error instanceof NotSentError) return;
      if (isAnswer(error)) return void (why = undefined);
      if (why === undefined) since = now();
      why = `${silenceOf(error).message}: ${reasonOf(error)}.`;
    },
    fault: () => (now() - since >= SILENT_AFTER_MS ? why : undefined),
  };
}

/** Ends with the signal. What each call comes to is noted by the client. */
export async function keepContact(
  wechatpay: WechatpayClient,
  { fault }: Contact,
  baseUrl: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = AGAIN_MS;
  while (!signal.aborted) {
    if (fault() === undefined) {
      pauseMs = AGAIN_MS;
    } else {
      tell(await outcomeOf(wechatpay));
      pauseMs = Math.min(pauseMs * 2, LONGEST_AGAIN_MS);
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }

  function tell(error: unknown): void {
    if (isAnswer(error)) return logger.info({ baseUrl }, 'WeChat Pay answers');
    const { level, message } = silenceOf(error);
    logger[level]({ baseUrl, reason: reasonOf(error) }, message);
  }
}

/** Asks for an order that cannot exist: a verified "not found" proves every key. */
async function outcomeOf(wechatpay: WechatpayClient): Promise<unknown> {
  try {
    await wechatpay.getServiceOrder({
      out_order_no: 'first-contact',
      service_id: '0',
      appid: 'wx0',
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

/** That, too, which says no: its signature proves the way there and back, and every key on it. */
function isAnswer(error: unknown): boolean {
  if (error === undefined) return true;
  return error instanceof WechatpayRefusal && error.proven && !isUnheard(error);
}

/** It does not take our calls, or none at all for now. */
function isUnheard({ status }: WechatpayRefusal): boolean {
  return status === 401 || status >= 500;
}

function silenceOf(error: unknown): { level: 'warn' | 'error'; message: string } {
  return classify(error) === 'Misconfigured'
    ? {
        level: 'error',
        message:
          'WeChat Pay does not accept our signature: check mchid, serial_no, the private key and the clock',
      }
    : {
        level: 'warn',
        message: 'WeChat Pay cannot be reached or verified; orders wait and are tried again',
      };
}
