/** One attempt to deliver a notification: signed now, sent, and answered or not. */
import { Agent, request } from 'undici';
import { rfc3339 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import { newRequestStem, requestIdOf } from '../transport/request-id.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { envelopeOf } from './envelope.ts';
import type { Attempt, Notification } from './notification.ts';

/** Real time: how long a receiver may take, whatever the business clock does. */
const TIMEOUT_MS = 5000;

export interface DeliveryParts {
  readonly signer: WechatSigner;
  /** The key under which this notification is encrypted. */
  readonly apiV3KeyOf: (notification: Notification) => string;
  readonly clock: BusinessClock;
}

export interface Delivery {
  attempt(notification: Notification): Promise<Attempt>;
  stop(): Promise<void>;
}

export function createDelivery({ signer, apiV3KeyOf, clock }: DeliveryParts): Delivery {
  const agent = new Agent();

  return {
    async attempt(notification) {
      const time = rfc3339(clock.now());
      const body = envelopeOf(notification, apiV3KeyOf(notification));
      try {
        const answer = await request(notification.notify_url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: '*/*',
            'User-Agent': 'Mozilla/4.0',
            'Request-ID': requestIdOf(newRequestStem(), 0),
            ...signer.headersFor(body, signer.serialForNotification()),
          },
          body,
          dispatcher: agent, // follows no redirects
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await answer.body.dump();
        return { time, status: answer.statusCode };
      } catch (error) {
        return { time, error: reasonOf(error) };
      }
    },
    stop: () => agent.destroy(),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  return 'code' in error ? String(error.code) : error.name;
}
