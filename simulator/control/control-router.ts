/** /_control: what people do in WeChat, and what tests want to know. Plain JSON, unsigned. */
import express, { Router } from 'express';
import type { Bills } from '../bills/bills.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { Orders } from '../orders/order.ts';
import type { Permissions } from '../permissions/permission.ts';
import type { Service } from '../service.ts';
import type { Faults } from '../transport/faults.ts';
import { billsRouter } from './bills.ts';
import { clockRouter } from './clock.ts';
import { answerError, nothingHere } from './control-error.ts';
import { credentialsRouter } from './credentials.ts';
import { faultsRouter } from './faults.ts';
import { notificationsRouter } from './notifications.ts';
import { ordersRouter } from './orders.ts';
import { usersRouter } from './users.ts';

export interface ControlParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly permissions: Permissions;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly clock: BusinessClock;
  readonly keys: KeyRing;
  readonly bills: Bills;
}

export function controlRouter(parts: ControlParts): Router {
  const { service, orders, permissions, outbox, faults, clock, keys } = parts;
  return Router()
    .use(express.json())
    .use('/users', usersRouter(service, permissions, clock))
    .use('/orders', ordersRouter(orders, outbox, clock))
    .use('/notifications', notificationsRouter(outbox))
    .use('/clock', clockRouter(clock))
    .use('/faults', faultsRouter(faults))
    .use(credentialsRouter(keys))
    .use('/bills', billsRouter(parts))
    .use(nothingHere)
    .use(answerError);
}
