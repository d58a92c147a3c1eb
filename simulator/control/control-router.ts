/** /_control: what people do in WeChat, and what tests want to know. Plain JSON, unsigned. */
import express, { Router } from 'express';
import type { Logger } from 'pino';
import type { BusinessClock } from '../business-clock.ts';
import type { RandomFaults } from '../faults/random.ts';
import type { Tally } from '../faults/tally.ts';
import type { NotificationFaults } from '../notifications/faults.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { Orders } from '../orders/order.ts';
import type { Permissions } from '../permissions/permission.ts';
import type { Service } from '../service.ts';
import type { Faults } from '../transport/faults.ts';
import type { RateLimit } from '../transport/rate-limit.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { clockRouter } from './clock.ts';
import { answerError, nothingHere } from './control-error.ts';
import { faultsRouter } from './faults.ts';
import { notificationsRouter } from './notifications.ts';
import { ordersRouter } from './orders.ts';
import { rateLimitRouter } from './rate-limit.ts';
import { usersRouter } from './users.ts';

export interface ControlParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly permissions: Permissions;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly notificationFaults: NotificationFaults;
  readonly randomFaults: RandomFaults;
  /** How often faults have struck. */
  readonly tallies: { readonly calls: Tally; readonly notifications: Tally };
  readonly rateLimit: RateLimit;
  readonly signer: WechatSigner;
  readonly clock: BusinessClock;
  readonly logger: Logger;
}

export function controlRouter(parts: ControlParts): Router {
  const { service, orders, permissions, outbox, clock } = parts;
  return Router()
    .use(express.json())
    .use('/users', usersRouter(service, permissions, clock))
    .use('/orders', ordersRouter(orders, outbox, clock))
    .use('/notifications', notificationsRouter(outbox))
    .use('/clock', clockRouter(clock))
    .use('/faults', faultsRouter(parts))
    .use('/rate-limit', rateLimitRouter(parts.rateLimit))
    .use(nothingHere)
    .use(answerError);
}
