/** Where our events arrive: each is verified as business code does it (Standard Webhooks), and the latest are kept. */
import express, { type RequestHandler } from 'express';
import { Webhook } from 'standardwebhooks';
import type { Announce } from '../announcer.ts';
import type { MerchantSetting } from './setting.ts';

export interface ArrivedEvent {
  readonly id: string;
  readonly type: string;
  /** As the event says. */
  readonly timestamp: string;
  /** Real time of its arrival, ISO 8601. */
  readonly arrived: string;
  readonly out_order_no?: string;
  readonly bill_date?: string;
  readonly trouble?: string;
  /** Fen, of a refund. */
  readonly amount?: number;
}

export interface EventsReceiver {
  readonly handlers: readonly RequestHandler[];
  /** The newest first. */
  latest(): readonly ArrivedEvent[];
}

const KEPT = 200;
const LARGEST = '1mb';

export function createEventsReceiver(
  setting: Pick<MerchantSetting, 'eventsSecret'>,
  announce: Announce,
): EventsReceiver {
  let events: readonly ArrivedEvent[] = [];

  const take: RequestHandler = ({ headers, body }, res) => {
    const id = String(headers['webhook-id'] ?? '');
    const event = verified(setting.eventsSecret, body, headers as Record<string, string>);
    if (event === undefined) return void res.status(401).end();
    res.status(204).end();
    if (events.some((known) => known.id === id)) return; // an id that was seen has nothing more to say
    events = [arrived(id, event), ...events].slice(0, KEPT);
    announce({ kind: 'event', key: event.data.out_order_no ?? '' });
  };

  return {
    handlers: [express.raw({ type: () => true, limit: LARGEST }), take],
    latest: () => events,
  };
}

interface Event {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Pick<ArrivedEvent, 'out_order_no' | 'bill_date' | 'trouble'> & {
    readonly refund?: { readonly amount: number };
  };
}

/** Undefined for what nobody has signed who knows the secret. */
function verified(
  secret: string | undefined,
  body: unknown,
  headers: Record<string, string>,
): Event | undefined {
  if (secret === undefined || !Buffer.isBuffer(body)) return undefined;
  try {
    return new Webhook(secret).verify(body, headers) as Event;
  } catch {
    return undefined;
  }
}

function arrived(id: string, { type, timestamp, data }: Event): ArrivedEvent {
  const { out_order_no, bill_date, trouble, refund } = data;
  return {
    ...{ id, type, timestamp, arrived: new Date().toISOString() },
    ...(out_order_no !== undefined && { out_order_no }),
    ...(bill_date !== undefined && { bill_date }),
    ...(trouble !== undefined && { trouble }),
    ...(refund !== undefined && { amount: refund.amount }),
  };
}
