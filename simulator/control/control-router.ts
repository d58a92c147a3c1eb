/** /_control: what people do in WeChat, and what tests want to know. Plain JSON, unsigned. */
import express, { Router } from 'express';
import type { Bills } from '../bills/bills.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import type { Logger } from 'pino';
import type { RandomFaults } from '../faults/random.ts';
import type { Tally } from '../faults/tally.ts';
import type { MaintenanceBook } from '../maintenance.ts';
import type { NotificationFaults } from '../notifications/faults.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { FindOrderParts } from '../orders/find-order.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { Behaviours } from '../orders/user-behaviour.ts';
import type { CallbackAddress } from '../permissions/callback-address.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import type { MerchantAccount } from '../refunds/merchant-account.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import type { RefundScripts } from '../refunds/refund-script.ts';
import type { Service } from '../service.ts';
import type { Faults } from '../transport/faults.ts';
import { announcementsRouter } from './announcements.ts';
import { billsRouter } from './bills.ts';
import type { RateLimit } from '../transport/rate-limit.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { clockRouter } from './clock.ts';
import { answerError, nothingHere } from './control-error.ts';
import { consoleRouter } from './console.ts';
import { credentialsRouter } from './credentials.ts';
import { faultsRouter } from './faults.ts';
import { maintenanceRouter } from './maintenance.ts';
import { notificationsRouter } from './notifications.ts';
import { ordersRouter } from './orders.ts';
import { checkHost } from './host-check.ts';
import { checkOrigin } from './origin-check.ts';
import { permissionsRouter } from './permissions.ts';
import { policiesRouter } from './policies.ts';
import { refundsRouter } from './refunds.ts';
import { serviceRouter } from './service.ts';
import { rateLimitRouter } from './rate-limit.ts';
import { usersRouter } from './users.ts';

export interface ControlParts extends FindOrderParts {
  /** Its own address, as others reach it. */
  readonly base_url: string;
  readonly service: Service;
  readonly permissions: Permissions;
  readonly callback: CallbackAddress;
  readonly behaviours: Behaviours;
  readonly refunds: RefundBook;
  readonly refundScripts: RefundScripts;
  readonly account: MerchantAccount;
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly notificationFaults: NotificationFaults;
  readonly randomFaults: RandomFaults;
  /** How often faults have struck. */
  readonly tallies: { readonly calls: Tally; readonly notifications: Tally };
  readonly maintenance: MaintenanceBook;
  readonly rateLimit: RateLimit;
  readonly signer: WechatSigner;
  readonly clock: BusinessClock;
  readonly keys: KeyRing;
  readonly bills: Bills;
  readonly logger: Logger;
}

export function controlRouter(parts: ControlParts): Router {
  const { service, callback, policies, outbox, clock, keys, base_url } = parts;
  return Router()
    .use(checkHost(base_url))
    .use(checkOrigin)
    .use(express.json())
    .use('/users', usersRouter(parts))
    .use('/permissions', permissionsRouter(parts))
    .use('/orders', ordersRouter(parts))
    .use('/refunds', refundsRouter(parts))
    .use('/console', consoleRouter(parts))
    .use('/service', serviceRouter(service, callback))
    .use('/policies', policiesRouter(policies))
    .use('/notifications', announcementsRouter(parts), notificationsRouter(outbox))
    .use('/clock', clockRouter(clock))
    .use(credentialsRouter(keys))
    .use('/bills', billsRouter(parts))
    .use('/faults', faultsRouter(parts))
    .use('/maintenance', maintenanceRouter(parts.maintenance))
    .use('/rate-limit', rateLimitRouter(parts.rateLimit))
    .use(nothingHere)
    .use(answerError);
}
