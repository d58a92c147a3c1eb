/** `/wechatpay/notifications`: what WeChat Pay calls. Nothing of a message is believed before it is verified. */
import {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import { isTooLong, readNotification, unreadable } from '../door/sender.ts';
import { createSparingLog } from '../../process/sparing-log.ts';
import { answer, noteBegin, type Outcome } from './answer.ts';
import { tellAuthorization } from './authorization.ts';
import { tellPaid } from './paid.ts';
import { tellRefund } from './refund.ts';
import type { Temporal } from '../../temporal/client.ts';
import type { CallbackType } from '../../process/figures/wechatpay.ts';
import type { Metrics } from '../../process/metrics.ts';
import type { Services, SignedNotification } from '../../payscore/order/opening.ts';
import { NamedOrder } from '../../schemas/service-order.ts';
import { requestIdOf } from '../../wechatpay/answer.ts';
import { DecryptionError, VerificationError } from '../../wechatpay/errors.ts';
import {
  openNotification,
  type Notification,
  type NotificationOpener,
} from '../../wechatpay/notification.ts';
import type { SignedMessage } from '../../wechatpay/verification.ts';

/** WeChat wants its answer within 5 s, whatever Temporal does: for all that a notification takes. */
const ANSWER_MS = 4_000;

export interface Callbacks {
  readonly temporal: Temporal;
  readonly services: Services;
  readonly opener: NotificationOpener;
  readonly metrics: Pick<
    Metrics,
    'countCallback' | 'noteCallbackAge' | 'countUndecryptable' | 'countUnclaimedPayment'
  >;
  readonly logger: Logger;
  /** Bounds the bodies that are being read. */
  readonly boundBodies: RequestHandler;
}

/** What each event is about, and how it is counted; what else there may be is acknowledged. */
const TYPES: Readonly<Record<string, CallbackType>> = {
  'PAYSCORE.USER_PAID': 'paid',
  'PAYSCORE.USER_OPEN_SERVICE': 'authorized',
  'PAYSCORE.USER_CLOSE_SERVICE': 'unauthorized',
  'REFUND.SUCCESS': 'refund',
  'REFUND.ABNORMAL': 'refund',
  'REFUND.CLOSED': 'refund',
};

/** Of one delivery, for every line about it: filled in as it becomes known. */
interface Facts {
  request_id?: string | undefined;
  notification_id?: string;
  event_type?: string;
  out_order_no?: string;
}

export function notificationRoutes(callbacks: Callbacks): Router {
  const { temporal, services, opener, metrics, logger, boundBodies } = callbacks;
  const sparing = createSparingLog(logger);
  const router = Router();
  router.post(
    '/wechatpay/notifications',
    noteBegin,
    ...readNotification(opener, boundBodies),
    async ({ headers, body }: Request, response: Response) => {
      // Without a body the parser leaves something else than bytes.
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const facts: Facts = { request_id: requestIdOf(headers) || undefined };
      const message = { headers, body: bytes };
      answer(response, metrics, await outcomeOf(message, facts, Date.now() + ANSWER_MS));
    },
    ((error, _request, response, _next) => answerUnread(error, response)) as ErrorRequestHandler,
  );
  return router;

  /** Whoever sent it is not listened to any further. */
  function answerUnread(error: unknown, response: Response): void {
    response.set('connection', 'close');
    if (error instanceof VerificationError) return answer(response, metrics, refused(error));
    const unverified = unreadable(error);
    opener.onUnverified?.(unverified.reason);
    answer(response, metrics, { ...refused(unverified), status: isTooLong(error) ? 413 : 401 });
  }

  async function outcomeOf(
    message: SignedMessage,
    facts: Facts,
    deadline: number,
  ): Promise<Outcome> {
    let type: CallbackType = 'unread';
    try {
      const notification = await openNotification(message, opener);
      const { id, event_type, createdAt } = notification;
      type = TYPES[event_type] ?? 'other';
      if (createdAt) metrics.noteCallbackAge(type, (Date.now() - createdAt.getTime()) / 1_000);
      Object.assign(facts, { notification_id: id, event_type });
      return await relayed(type, notification, message, facts, deadline);
    } catch (error) {
      return failed(error, type, facts);
    }
  }

  async function relayed(
    type: CallbackType,
    notification: Notification,
    message: SignedMessage,
    facts: Facts,
    deadline: number,
  ): Promise<Outcome> {
    switch (type) {
      case 'authorized':
      case 'unauthorized': {
        const signature = String(message.headers['wechatpay-signature']);
        const { told, out_order_no } = await tellAuthorization(
          temporal,
          notification,
          signature,
          deadline,
        );
        if (out_order_no !== undefined) facts.out_order_no = out_order_no;
        logger.info({ ...facts, told }, 'authorization event received');
        return { type, result: told, status: 204 };
      }
      case 'paid':
        return await relayedPayment(notification, message, facts, deadline);
      case 'refund': {
        const told = await tellRefund(
          temporal,
          notification,
          signedOf(message, notification.id),
          services,
          deadline,
        );
        logger.info({ ...facts, told }, 'refund event received');
        return { type, result: told, status: 204 };
      }
      case 'other':
      case 'unread':
        logger.info(facts, 'notification acknowledged; nothing waits for it');
        return { type, result: 'acknowledged', status: 204 };
    }
  }

  async function relayedPayment(
    { id, resource }: Notification,
    message: SignedMessage,
    facts: Facts,
    deadline: number,
  ): Promise<Outcome> {
    const type = 'paid';
    const named = NamedOrder.safeParse(resource);
    if (!named.success) {
      metrics.countUnclaimedPayment();
      logger.error(facts, 'a verified USER_PAID is not about an order that can be read');
      return { type, result: 'unreadable', status: 500 };
    }
    facts.out_order_no = named.data.out_order_no;
    const payment = { named: named.data, resource, signed: signedOf(message, id) };
    const told = await tellPaid(temporal, payment, deadline);
    if (told === 'nobody') {
      metrics.countUnclaimedPayment();
      logger.error(
        facts,
        'USER_PAID for an order that no run here can take: look it up at WeChat Pay',
      );
      return { type, result: told, status: 500 };
    }
    logger.info({ ...facts, told }, 'USER_PAID received');
    return { type, result: told, status: 204 };
  }

  function failed(error: unknown, type: CallbackType, facts: Facts): Outcome {
    if (error instanceof VerificationError) return refused(error);
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    if (error instanceof DecryptionError) {
      metrics.countUndecryptable();
      sparing.error(
        { reason, ...facts },
        'a verified notification cannot be opened: the key in WECHATPAY_APIV3_KEY_FILE is wrong or was changed',
      );
      return { type, result: 'undecryptable', status: 500 };
    }
    sparing.error(
      { reason, ...facts },
      'a notification could not be passed on; WeChat Pay will repeat it',
    );
    return { type, result: 'not_passed_on', status: 503 };
  }

  function refused(unverified: VerificationError): Outcome {
    sparing.warn(
      { reason: unverified.reason, detail: unverified.message },
      'a notification was refused: WeChat Pay is not proven to have sent it',
    );
    return { type: 'unread', result: 'unverified', status: 401 };
  }
}

/** More is not carried through Temporal: of a longer one the order asks WeChat. */
const CARRIED_BYTES = 65_536;

/** As WeChat signed it, with no more of the request than its signature needs. */
function signedOf({ headers, body }: SignedMessage, id: string): SignedNotification {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('wechatpay-') && typeof value === 'string' ? [[name, value] as const] : [],
  );
  return {
    id,
    headers: Object.fromEntries(kept),
    body: body.length > CARRIED_BYTES ? '' : body.toString('base64'),
  };
}
