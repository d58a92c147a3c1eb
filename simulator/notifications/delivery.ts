/** One attempt to deliver a notification: signed now, sent, and answered or not. */
import { Agent, request } from 'undici';
import { rfc3339 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import { rowOf } from '../faults/notification-faults.ts';
import { newRequestStem, requestIdOf } from '../transport/request-id.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { associatedDataOf, envelopeOf } from './envelope.ts';
import type { StruckNotification } from './faults.ts';
import type { Message } from './message.ts';
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
  attempt(notification: Notification, struck?: StruckNotification): Promise<Attempt>;
  stop(): Promise<void>;
}

export function createDelivery({ signer, apiV3KeyOf, clock }: DeliveryParts): Delivery {
  const agent = new Agent();

  function messageOf(notification: Notification, struck: StruckNotification | undefined): Message {
    const message: Message = {
      ...notification,
      associated_data: associatedDataOf(notification),
      apiV3Key: apiV3KeyOf(notification),
      signer,
      serial: signer.serialForNotification(),
      sign: (by, body, serial) => by.headersFor(body, serial),
    };
    const change = struck && rowOf(struck.fault).change;
    return change === undefined ? message : change(message, struck ?? {});
  }

  return {
    async attempt(notification, struck) {
      const outcome = {
        time: rfc3339(clock.now()),
        ...(struck !== undefined && { fault: struck.fault }),
      };
      try {
        const message = messageOf(notification, struck);
        const body = envelopeOf(message);
        const answer = await request(notification.notify_url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: '*/*',
            'User-Agent': 'Mozilla/4.0',
            'Request-ID': requestIdOf(newRequestStem(), 0),
            ...message.sign(signer, body, message.serial),
          },
          body,
          dispatcher: agent, // follows no redirects
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await answer.body.dump();
        return { ...outcome, status: answer.statusCode };
      } catch (error) {
        return { ...outcome, error: reasonOf(error) };
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
