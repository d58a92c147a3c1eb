/** Whether WeChat Pay answers, and whether our keys are right, told once at the start instead of at the first order. */
import type { Logger } from 'pino';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { WechatpayRefusal } from '../wechatpay/errors.ts';

const AGAIN_MS = 10_000;

/** Asks for an order that cannot exist, until WeChat Pay has answered: a verified "not found" proves every key. */
export async function makeFirstContact(
  wechatpay: WechatpayClient,
  baseUrl: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await wechatpay.getServiceOrder({
        out_order_no: 'first-contact',
        service_id: '0',
        appid: 'wx0',
      });
      return logger.info({ baseUrl }, 'WeChat Pay answers');
    } catch (error) {
      if (error instanceof WechatpayRefusal && error.proven) {
        if (error.status !== 401) return logger.info({ baseUrl }, 'WeChat Pay answers');
        logger.error(
          { reason: error.message },
          'WeChat Pay does not accept our signature: check mchid, serial_no, the private key and the clock',
        );
      } else {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
        logger.warn(
          { baseUrl, reason },
          'WeChat Pay cannot be reached or verified; orders wait and are tried again',
        );
      }
    }
    await pause(AGAIN_MS, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
