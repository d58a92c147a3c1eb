/** Messages that nobody planned: late, or in contradiction to what is so. Sealed and repeated like any other. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import { Change } from '../notifications/change.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { Orders } from '../orders/order.ts';
import type { CallbackAddress } from '../permissions/callback-address.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import type { Service } from '../service.ts';
import { ControlError } from './control-error.ts';
import { toldNotification } from './notifications.ts';

const ORDER_EVENTS = {
  'PAYSCORE.USER_PAID': 'USER_PAID',
  'PAYSCORE.USER_CONFIRM': 'USER_CONFIRM',
} as const;

const PERMISSION_EVENTS = {
  'PAYSCORE.USER_OPEN_SERVICE': 'USER_OPEN_SERVICE',
  'PAYSCORE.USER_CLOSE_SERVICE': 'USER_CLOSE_SERVICE',
} as const;

const OfOrder = z.strictObject({
  out_order_no: z.string(),
  change: Change.default({}),
  event_type: typeIn(ORDER_EVENTS).default('PAYSCORE.USER_PAID'),
});

const REFUND_EVENTS = {
  'REFUND.SUCCESS': 'SUCCESS',
  'REFUND.ABNORMAL': 'ABNORMAL',
  'REFUND.CLOSED': 'CLOSED',
} as const;

/** What it has become, unless an event is given. */
const OfRefund = z.strictObject({
  out_refund_no: z.string(),
  change: Change.default({}),
  event_type: typeIn(REFUND_EVENTS).optional(),
});

/** About what a user has decided last, or what became of one code. */
const OfAuthorization = z
  .strictObject({
    openid: z.string().optional(),
    authorization_code: z.string().optional(),
    change: Change.default({}),
    event_type: typeIn(PERMISSION_EVENTS).default('PAYSCORE.USER_OPEN_SERVICE'),
  })
  .refine((it) => (it.openid === undefined) !== (it.authorization_code === undefined), {
    error: 'either openid or authorization_code',
  });

export interface AnnouncementsRouterParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly refunds: RefundBook;
  readonly permissions: Permissions;
  readonly callback: CallbackAddress;
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly clock: BusinessClock;
}

export function announcementsRouter(parts: AnnouncementsRouterParts): Router {
  const { service, orders, refunds, permissions, callback, notifier, outbox, clock } = parts;

  const told = (sent: Notification) => toldNotification(outbox.get(sent.id) ?? sent);

  function permissionOf({ openid, authorization_code }: z.infer<typeof OfAuthorization>) {
    if (authorization_code !== undefined) return permissionUnder(authorization_code);
    const { service_id } = service;
    const permission = permissions.of({ openid: openid ?? '', service_id });
    if (permission === undefined) throw new ControlError(404, 'the user has never authorised');
    return permission;
  }

  function permissionUnder(authorization_code: string): Permission {
    const agreement = permissions.agreement(authorization_code);
    if (agreement === undefined) throw new ControlError(404, 'there is no such code');
    const { openid, authorization_state } = agreement;
    if (openid === undefined || authorization_state === 'UNBINDUSER') {
      throw new ControlError(409, 'the code has no user');
    }
    return { ...agreement, openid, authorization_state };
  }

  return Router()
    .post('/', (req, res) => {
      const { out_order_no, change, event_type } = OfOrder.parse(req.body ?? {});
      const order = orders.get(out_order_no);
      if (order === undefined) throw new ControlError(404, 'there is no such order');
      const event = ORDER_EVENTS[event_type];
      res.status(201).json(told(notifier.order(event, order, clock.now(), change)));
    })
    .post('/refund', (req, res) => {
      const { out_refund_no, change, event_type } = OfRefund.parse(req.body ?? {});
      const refund = refunds.get(out_refund_no);
      if (refund === undefined) throw new ControlError(404, 'there is no such refund');
      const event = event_type && REFUND_EVENTS[event_type];
      const address = refunds.addressOf(refund);
      const sent = notifier.refund(refund, address, clock.now(), { event, change });
      if (sent === undefined) throw new ControlError(409, 'there is nothing to tell, or nobody');
      res.status(201).json(told(sent));
    })
    .post('/authorization', (req, res) => {
      const said = OfAuthorization.parse(req.body ?? {});
      const permission = permissionOf(said);
      const { authorization_code = '' } = permission;
      const address = permissions.agreement(authorization_code)?.notify_url ?? callback.get();
      const event = PERMISSION_EVENTS[said.event_type];
      const sent = notifier.permission(event, permission, address, clock.now(), said.change);
      if (sent === undefined) throw new ControlError(409, 'nobody is told of this authorisation');
      res.status(201).json(told(sent));
    });
}

function typeIn<Type extends string>(events: Readonly<Record<Type, string>>) {
  return z.enum(Object.keys(events) as [Type, ...Type[]]);
}
