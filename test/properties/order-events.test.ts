/** Whatever happens to an order, in whatever sequence and at whatever time, it obeys the laws of order-laws.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from '../../payscore/fold.ts';
import { newOrder, type Order } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import { PHASES } from '../../payscore/phase.ts';
import { viewOf } from '../../payscore/view.ts';
import { adoption, AT, later, opening, orderIn, plain, reopened } from '../payscore/orders.ts';
import { holds } from './holds.ts';
import { assertAnonymous, assertLawful, assertPlain } from './order-laws.ts';
import { ALPHABET, told } from './order-life.ts';

const BEGINNINGS: Readonly<Record<string, Order>> = {
  'that is opened': newOrder(opening, AT),
  'that nobody opened here': newOrder(adoption, AT),
  'that was cancelled before': newOrder(reopened('cancelled'), AT),
  'that was unauthorized before': newOrder(reopened('unauthorized'), AT),
  'that was paid elsewhere before': newOrder(reopened('paid_elsewhere'), AT),
};
const STANDINGS = PHASES.map((phase) => [`that is ${phase}`, orderIn(phase)] as const);

interface Trace {
  readonly before: Order;
  readonly events: readonly OrderEvent[];
}

function stepped({ before, events }: Trace, event: OrderEvent, at: Date): Trace {
  const order = fold(before, event, at);
  try {
    assertLawful(before, event, order);
  } catch (error) {
    const life = [...events, event].map(told).join('\n');
    throw new Error(`after\n${life}`, { cause: error });
  }
  return { before: order, events: [...events, event] };
}

/** Every sequence of so many events at one moment. An order that stands where another has stood goes the same ways. */
function walk(before: Order, length: number, at: Date): void {
  const seen = new Set<string>();
  let reached: readonly Trace[] = [{ before, events: [] }];
  for (let step = 1; step <= length; step++) {
    const next: Trace[] = [];
    for (const trace of reached) {
      for (const event of ALPHABET) {
        const after = stepped(trace, event, at);
        if (step === length) continue;
        const { timeline: _timeline, opening: _opening, ...standing } = after.before;
        const key = JSON.stringify(standing);
        if (!seen.has(key)) next.push(after);
        seen.add(key);
      }
    }
    reached = next;
  }
}

for (const [what, before] of Object.entries(BEGINNINGS)) {
  for (const at of [AT, later(3_600)]) {
    test(`an order ${what} obeys the laws in every sequence of 3 events at ${at.toISOString()}`, () => {
      walk(before, 3, at);
    });
  }
}

for (const [what, before] of STANDINGS) {
  test(`an order ${what} obeys the laws in every sequence of 3 events, also after its clock has jumped back`, () => {
    walk(before, 3, later(-3_600));
  });
}

/** A clock that mostly goes on, and sometimes jumps by up to a day, in either direction. */
const seconds = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -86_400, max: 86_400 }) },
);
const life = fc.array(fc.tuple(fc.constantFrom(...ALPHABET), seconds), { maxLength: 40 });
const start = fc.constantFrom(...Object.values(BEGINNINGS), ...STANDINGS.map(([, order]) => order));

test('an order obeys the laws through a long life, also where its clock jumps', async () => {
  const property = fc.asyncProperty(start, life, async (before, events) => {
    let trace: Trace = { before, events: [] };
    let now = 0;
    for (const [event, passed] of events) trace = stepped(trace, event, later((now += passed)));
  });
  await holds(5_000, property);
});

test('a new run that takes an order over goes on as the old one would have, and shows nobody’s openid', async () => {
  const property = fc.asyncProperty(start, life, async (before, events) => {
    let order = before;
    for (const [event] of events) {
      assertPlain(order);
      const carried = fold(plain(order), event, AT);
      order = fold(order, event, AT);
      assert.deepEqual(plain(carried), plain(order));
      assertAnonymous(viewOf(order));
      assert.deepEqual(plain(viewOf(carried)), plain(viewOf(order)));
    }
  });
  await holds(1_000, property);
});

test('every kind of phase is reached, so that the laws are about something', () => {
  const reached = new Set(
    Object.values(BEGINNINGS).flatMap((order) =>
      ALPHABET.flatMap((first) =>
        ALPHABET.map((second) => fold(fold(order, first, AT), second, AT).phase),
      ),
    ),
  );
  assert.deepEqual(
    PHASES.filter((phase) => !reached.has(phase)),
    [],
  );
});
