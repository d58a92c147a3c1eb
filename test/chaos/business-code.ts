/** What business code does through the API, each request written into the rental's book. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Book } from './book.ts';
import { bodyOf, openingOf } from './bodies.ts';
import type { Caller } from './caller.ts';
import type { Dice } from './dice.ts';
import { FINAL } from './standing.ts';
import type { Step } from './step.ts';

const LOOK_AGAIN_MS = 2_000;

export interface BusinessCodeParts {
  readonly caller: Caller;
  readonly dice: Dice;
  readonly book: Book;
}

export function createBusinessCode({ caller, dice, book }: BusinessCodeParts) {
  const { path } = book;
  /** The last that the API said about each order. */
  const views = new Map<string, any>();
  /** The same again is the same to the byte, also where it tells the time. */
  const bodies = new Map<string, object>();

  return { open, ask, read, awaitPhase, lastView: (number: string) => views.get(number) };

  async function open(out_order_no: string, body: 'other' | undefined): Promise<void> {
    const reply = await caller.untilTaken(
      book,
      dice,
      {
        out_order_no,
        request: { operation: body === 'other' ? 'open otherwise' : 'open' },
        manner: {},
      },
      { method: 'POST', path: '/v1/service-orders', body: openingOf(out_order_no, path, body) },
    );
    const { status } = reply;
    if (status === 201 || status === 202 || status === 200) views.set(out_order_no, reply.body);
  }

  async function ask(
    out_order_no: string,
    { request, manner }: Extract<Step, { do: 'ask' }>,
  ): Promise<void> {
    const name = JSON.stringify([out_order_no, manner.key ?? randomUUID(), request]);
    const body = bodies.get(name) ?? bodyOf(request);
    bodies.set(name, body);
    await caller.untilTaken(
      book,
      dice,
      { out_order_no, request, manner },
      {
        method: 'POST',
        path: `/v1/service-orders/${out_order_no}/${request.operation}`,
        body,
        headers: {
          ...(manner.key !== undefined && { 'idempotency-key': manner.key }),
          ...(manner.mode === 'left' && { prefer: 'respond-async' }),
        },
      },
    );
  }

  async function read(out_order_no: string): Promise<string | undefined> {
    const { status, at, body } = await caller.once({
      method: 'GET',
      path: `/v1/service-orders/${out_order_no}`,
    });
    if (status !== 200) return undefined;
    views.set(out_order_no, body);
    const { phase, total_amount, refund_due } = body;
    const seen = book.sightings.get(out_order_no) ?? [];
    book.sightings.set(out_order_no, [...seen, { at, phase, total_amount, refund_due }]);
    return phase;
  }

  async function awaitPhase(
    out_order_no: string,
    phases: readonly string[],
    ms: number,
  ): Promise<void> {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const phase = await read(out_order_no);
      if (phase !== undefined && (phases.includes(phase) || FINAL.includes(phase))) return;
      await delay(LOOK_AGAIN_MS);
    }
  }
}
