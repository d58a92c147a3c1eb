/** Whatever happens to an order, in whatever sequence and at whatever time, it obeys the laws of order-laws.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from '../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../payscore/order/order.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import { PHASES } from '../../payscore/rules/phase.ts';
import { viewOf } from '../../payscore/order/view.ts';
import {
  adoption,
  AT,
  brokenOff,
  later,
  opening,
  orderIn,
  orderLowered,
  plain,
  record,
  reopened,
} from '../payscore/order/orders.ts';
import { holds } from './holds.ts';
import { assertAnonymous, assertLawful, assertPlain } from './order-laws.ts';
import { ALPHABET, STORIES, told } from './order-life.ts';

const BEGINNINGS: Readonly<Record<string, Order>> = {
  'that is opened': newOrder(opening, AT),
  'that nobody opened here': newOrder(adoption, AT),
  'that was cancelled before': newOrder(reopened('cancelled'), AT),
  'that was unauthorized before': newOrder(reopened('unauthorized'), AT),
  'that was paid elsewhere before': newOrder(reopened('paid_elsewhere'), AT),
  'that was broken off with promises': newOrder(
    brokenOff('paying', {
      operations: [record('complete', { state: 'done' }), record('modify'), record('cancel')],
    }),
    AT,
  ),
};
const STANDINGS = [
  ...PHASES.map((phase) => [`that is ${phase}`, orderIn(phase)] as const),
  ['that is lowered', orderLowered()] as const,
];

interface Trace {
  readonly before: Order;
  readonly events: readonly OrderEvent[];
}

function stepped({ before, events }: Trace, event: OrderEvent, at: Date): Trace {
  const order = fold(before, event, at);
  try {
    assertLawful(before, event, order, at);
  } catch (error) {
    const life = [...events, event].map(told).join('\n');
    throw new Error(`${String(error)}\nafter\n${life}`, { cause: error });
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
  // about as long as WeChat may be behind
  { weight: 2, arbitrary: fc.integer({ min: 590, max: 620 }) },
);
/** Each event with the time that passes before it; nothing of it depends on anything else, so that a failure shrinks soon. */
const timed = (event: OrderEvent) => fc.tuple(fc.constant(event), seconds);
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...ALPHABET), seconds).map((one) => [one]),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(...STORIES.map((story) => fc.tuple(...story.map(timed)))),
  },
);
const life = fc.array(happening, { maxLength: 30 }).map((all) => all.flat());
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

const toldBy = ({ takesUp }: Order['opening']) =>
  (takesUp?.operations ?? []).filter(({ state }) => state === 'done').map(({ key }) => key);

/** What must come about somewhere, so that the laws about it are about something. */
const SIGHTS: Readonly<Record<string, (order: Order, before: Order) => boolean>> = {
  'a user who comes back before the order is given up': ({ createUntil, isUserBack }, before) =>
    isUserBack === true && createUntil !== undefined && createUntil > (before.createUntil ?? '~'),
  'an outcome that the run before had told': (order, before) =>
    order.opening !== before.opening &&
    before.operations.some(
      (it) => it.state === 'running' && toldBy(order.opening).includes(it.key),
    ),
  'notifications that nobody has read': ({ unread }) => unread.length > 1,
  'what is not given up before it was looked up': ({ timeline, isToBeLookedUp }) =>
    isToBeLookedUp && timeline.at(-1)?.event.code === 'answer_too_late',
  'a raised total that must be queried': ({ raisedSince }) => raisedSince !== undefined,
  'a raised total that is believed': ({ troubles }) => troubles.includes('amount_raised'),
  'an order that is said to be over': ({ mustQuery, phase }) =>
    mustQuery?.isSaidToBeOver === true && phase === 'paying',
  'a user who was found too late': ({ isFoundLate }) => isFoundLate === true,
  'a charge above what was agreed': ({ refundDue }) => refundDue?.because === 'modify',
  'a charge that crosses a promise': ({ refundDue }) => refundDue?.because === 'cancel',
  'a number that is taken': ({ isNumberTaken }) => isNumberTaken === true,
  'a promise that is asked for anew': ({ opening: { takesUp }, operations }) =>
    takesUp?.isBrokenOff === true &&
    operations.some(({ key, state }) => key === 'k-cancel' && state === 'running'),
};

test('long lives come to what the laws are about', () => {
  const seen = new Set<string>();
  for (const [before, events] of fc.sample(fc.tuple(start, life), { seed: 7, numRuns: 3_000 })) {
    let order = before;
    let now = 0;
    for (const [event, passed] of events) {
      const last = order;
      order = fold(last, event, later((now += passed)));
      for (const [sight, isSeen] of Object.entries(SIGHTS)) {
        if (isSeen(order, last)) seen.add(sight);
      }
    }
  }
  assert.deepEqual(
    Object.keys(SIGHTS).filter((sight) => !seen.has(sight)),
    [],
  );
});
