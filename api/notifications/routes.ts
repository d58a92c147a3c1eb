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
import { tellAuthorization } from './authorization.ts';
import { tellPaid } from './paid.ts';
import type { Temporal } from '../../temporal/client.ts';
import type { Metrics } from '../../process/metrics.ts';
import type { SignedNotification } from '../../payscore/order/opening.ts';
import { NamedOrder } from '../../schemas/service-order.ts';
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
  readonly opener: NotificationOpener;
  readonly metrics: Pick<Metrics, 'countUndecryptable' | 'countUnclaimedPayment'>;
  readonly logger: Logger;
  /** Bounds the bodies that are being read. */
  readonly boundBodies: RequestHandler;
}

const AUTHORIZATION_EVENTS = ['PAYSCORE.USER_OPEN_SERVICE', 'PAYSCORE.USER_CLOSE_SERVICE'];

export function notificationRoutes(callbacks: Callbacks): Router {
  const { temporal, opener, metrics, logger, boundBodies } = callbacks;
  const sparing = createSparingLog(logger);
  const router = Router();
  router.post(
    '/wechatpay/notifications',
    ...readNotification(opener, boundBodies),
    async ({ headers, body }: Request, response: Response) => {
      // Without a body the parser leaves something else than bytes.
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const deadline = Date.now() + ANSWER_MS;
      try {
        const message = { headers, body: bytes };
        const notification = await openNotification(message, opener);
        await relay(notification, message, response, deadline);
      } catch (error) {
        answerFailure(error, response);
      }
    },
    ((error, _request, response, _next) => answerUnread(error, response)) as ErrorRequestHandler,
  );
  return router;

  /** Whoever sent it is not listened to any further. */
  function answerUnread(error: unknown, response: Response): void {
    response.set('connection', 'close');
    if (error instanceof VerificationError) return refuse(error, response);
    const unverified = unreadable(error);
    opener.onUnverified?.(unverified.reason);
    refuse(unverified, response, isTooLong(error) ? 413 : 401);
  }

  async function relay(
    { id, event_type, resource }: Notification,
    message: SignedMessage,
    response: Response,
    deadline: number,
  ): Promise<void> {
    const facts = { notification_id: id, event_type };
    const signature = String(message.headers['wechatpay-signature']);
    if (AUTHORIZATION_EVENTS.includes(event_type)) {
      const told = await tellAuthorization(temporal, { id, resource }, signature, deadline);
      logger.info({ ...facts, told }, 'authorization event received');
      response.status(204).end();
      return;
    }
    if (event_type !== 'PAYSCORE.USER_PAID') {
      logger.info(facts, 'notification acknowledged; nothing waits for it');
      response.status(204).end();
      return;
    }
    const named = NamedOrder.safeParse(resource);
    if (!named.success) {
      metrics.countUnclaimedPayment();
      logger.error(facts, 'a verified USER_PAID is not about an order that can be read');
      fail(response, 500);
      return;
    }
    const { out_order_no } = named.data;
    const payment = { named: named.data, resource, signed: signedOf(message, id) };
    const told = await tellPaid(temporal, payment, deadline);
    if (told === 'nobody') {
      metrics.countUnclaimedPayment();
      logger.error(
        { ...facts, out_order_no },
        'USER_PAID for an order that no run here can take: look it up at WeChat Pay',
      );
      fail(response, 500);
      return;
    }
    logger.info({ ...facts, out_order_no, told }, 'USER_PAID received');
    response.status(204).end();
  }

  function answerFailure(error: unknown, response: Response): void {
    if (error instanceof VerificationError) return refuse(error, response);
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    if (error instanceof DecryptionError) {
      metrics.countUndecryptable();
      sparing.error(
        { reason },
        'a verified notification cannot be opened: the key in WECHATPAY_APIV3_KEY_FILE is wrong or was changed',
      );
      fail(response, 500);
    } else {
      sparing.error({ reason }, 'a notification could not be passed on; WeChat Pay will repeat it');
      fail(response, 503);
    }
  }

  function refuse(
    unverified: VerificationError,
    response: Response,
    status: 401 | 413 = 401,
  ): void {
    sparing.warn(
      { reason: unverified.reason, detail: unverified.message },
      'a notification was refused: WeChat Pay is not proven to have sent it',
    );
    fail(response, status);
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

/** One fixed body for each status, so that a forger learns nothing. */
const FAILURES = {
  401: { code: 'FAIL', message: 'not verified' },
  413: { code: 'FAIL', message: 'too large' },
  500: { code: 'FAIL', message: 'not processed' },
  503: { code: 'FAIL', message: 'not available' },
} as const;

function fail(response: Response, status: keyof typeof FAILURES): void {
  response.status(status).json(FAILURES[status]);
}
