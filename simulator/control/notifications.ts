/** What was notified, to be read, sent again, or held back. */
import { Router } from 'express';
import * as z from 'zod';
import { rfc3339 } from '../beijing-time.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Outbox } from '../notifications/outbox.ts';
import { ControlError } from './control-error.ts';

const Filter = z.object({ out_order_no: z.string().optional() });

export function notificationsRouter(outbox: Outbox): Router {
  return Router()
    .get('/', (req, res) => {
      const { out_order_no } = Filter.parse(req.query);
      const wanted = out_order_no === undefined ? outbox.all() : outbox.about(out_order_no);
      res.json({ held: outbox.isHeld(), notifications: wanted.map(toldNotification) });
    })
    .post('/hold', (_req, res) => {
      outbox.hold();
      res.json({ held: true });
    })
    .post('/release', (_req, res) => {
      outbox.release();
      res.json({ held: false });
    })
    .post('/:id/resend', (req, res, next) => {
      const answer = (sent: Notification | undefined) => {
        if (sent === undefined) throw new ControlError(404, 'there is no such notification');
        res.json(toldNotification(sent));
      };
      outbox.resend(req.params.id).then(answer).catch(next);
    });
}

export function toldNotification(notification: Notification) {
  const { due_ms, nonce: _nonce, scheduled_sends: _sends, ...rest } = notification;
  return due_ms === undefined ? rest : { ...rest, next_attempt_time: rfc3339(due_ms) };
}
