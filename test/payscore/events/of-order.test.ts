import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusinessEvent, PhaseByChoice } from '../../../payscore/events/event.ts';
import { outboxAfter, withEvents } from '../../../payscore/events/of-order.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { PHASES, isFinal } from '../../../payscore/rules/phase.ts';

const AT = new Date('2026-11-30T02:00:00Z');
const RUN = '0a1b2c3d-0000-4000-8000-0123456789ab';
const OTHER = '0a1b2c3d-0000-4000-8000-0123456789ff';
const now = () => ({ runId: RUN, at: AT });

function order(change: Partial<Order> = {}, events: readonly PhaseByChoice[] = []): Order {
  const service = { mchid: '1', appid: 'wx1', service_id: '5', notify_url: 'https://x/y', events };
  const takesUp = {
    phase: 'in_service',
    endedAt: AT.toISOString(),
    isBrokenOff: true,
    operations: [],
    notifications: [],
  } as const;
  const opening = { service, digest: '', out_order_no: 'P1', takesUp };
  return { ...newOrder(opening, AT), ...change };
}
const typesIn = (told: Order) => (told.outbox?.waiting ?? []).map(({ type }) => type);

describe('the events of an order', () => {
  for (const phase of PHASES) {
    it(`${isFinal(phase) ? 'tell' : 'do not tell, unless wanted,'} that it is ${phase}`, () => {
      const told = typesIn(withEvents(order({ phase, isToBeLookedUp: false }), now));
      assert.deepEqual(told, isFinal(phase) ? [`service_order.${phase}`] : []);
    });
  }

  it('tell a phase on the way where it is wanted, once', () => {
    const once = withEvents(order({ phase: 'paying', isToBeLookedUp: false }, ['paying']), now);
    assert.deepEqual(typesIn(once), ['service_order.paying']);
    assert.equal(withEvents(once, now), once);
  });

  it('do not tell of an adoption that found nothing', () => {
    const { opening } = order();
    const { takesUp: _takesUp, ...adoption } = opening;
    const rejected = order({ opening: adoption, phase: 'rejected' });
    assert.equal(withEvents(rejected, now), rejected);
  });

  it('are numbered on from what was told before, by this run’s id', () => {
    const before = order({ outbox: { sequence: 4, waiting: [], told: { troubles: [] } } });
    const [event] = withEvents({ ...before, phase: 'paid' }, now).outbox?.waiting ?? [];
    assert.equal(event?.sequence, 5);
    assert.equal(event?.id, `P1:${RUN}:5`);
    assert.equal(event?.at, '2026-11-30T10:00:00+08:00');
  });

  it('tell a trouble’s beginning and its end, which come before the phase and after it', () => {
    const troubled = withEvents(order({ troubles: ['unresolved'], isToBeLookedUp: false }), now);
    const ended = withEvents({ ...troubled, troubles: ['refund_due'], phase: 'paid' }, now);
    assert.deepEqual(typesIn(ended), [
      'service_order.trouble_began',
      'service_order.trouble_ended',
      'service_order.paid',
      'service_order.trouble_began',
    ]);
  });

  it('do not tell that a trouble is over before WeChat has told how the order stands', () => {
    const told = { troubles: ['refund_due'] as const };
    const outbox = { sequence: 1, waiting: [], told };
    const lookedUp = order({ outbox, isToBeLookedUp: true });
    assert.deepEqual(typesIn(withEvents(lookedUp, now)), []);
    const known = order({ outbox, isToBeLookedUp: false, phase: 'in_service' });
    assert.deepEqual(typesIn(withEvents(known, now)), ['service_order.trouble_ended']);
  });

  it('tell no phase on the way of before a reset, and no final one twice', () => {
    const outbox = { sequence: 2, waiting: [], told: { phase: 'paid', troubles: [] } } as const;
    const remembered = order({ phase: 'in_service', outbox, isToBeLookedUp: true }, ['in_service']);
    assert.equal(withEvents(remembered, now), remembered);
    const paid = { ...remembered, phase: 'paid', isToBeLookedUp: false } as const;
    assert.equal(withEvents(paid, now), paid);
  });

  it('carry neither what WeChat signed nor other events', () => {
    const unread = [{ headers: {}, body: 'signed' }];
    const isToBeLookedUp = false;
    const first = withEvents(order({ phase: 'paying', unread, isToBeLookedUp }, ['paying']), now);
    const second = withEvents({ ...first, phase: 'paid' }, now);
    assert.doesNotMatch(JSON.stringify(second.outbox?.waiting), /signed|outbox/);
  });
});

describe('the outbox after a Reset', () => {
  const event = (runId: string, sequence: number): BusinessEvent => ({
    ...{ id: `P1:${runId}:${sequence}`, type: 'service_order.paid', at: '', sequence, data: {} },
  });

  it('is what the run knew that was reset, and behind it what has happened since, renumbered', () => {
    const told = { troubles: [] };
    const earlier = { sequence: 3, waiting: [event(RUN, 3)], told };
    // The first of its own is of before the reset: the earlier run has handed it over.
    const own = { sequence: 2, waiting: [event(RUN, 1), event(OTHER, 2)], told };
    assert.deepEqual(outboxAfter(earlier, own, OTHER), {
      sequence: 4,
      waiting: [event(RUN, 3), event(OTHER, 4)],
      told,
    });
  });

  const reached = (phase: string, runId: string, sequence: number): BusinessEvent => ({
    ...event(runId, sequence),
    ...{ type: `service_order.${phase}` as BusinessEvent['type'], data: { phase } },
  });

  it('tells no phase again to which the run had come that was reset', () => {
    const told = { phase: 'rejected', troubles: [] } as const;
    const earlier = { sequence: 1, waiting: [], told };
    const own = { sequence: 1, waiting: [reached('rejected', OTHER, 1)], told };
    assert.deepEqual(outboxAfter(earlier, own, OTHER), { sequence: 1, waiting: [], told });
  });

  it('remembers the phase that was reached since, so that it is told once', () => {
    const told = { phase: 'paid', troubles: [] } as const;
    const own = { sequence: 1, waiting: [reached('paid', OTHER, 1)], told };
    const earlier = { sequence: 1, waiting: [], told: { troubles: [] } };
    const after = outboxAfter(earlier, own, OTHER);
    assert.deepEqual([after.sequence, after.told], [2, told]);
    const { outbox } = withEvents(order({ phase: 'paid', outbox: after }), now);
    assert.equal(outbox, after);
  });

  it('tells no trouble again that had begun', () => {
    const told = { troubles: ['unresolved' as const] };
    const began = {
      ...event(OTHER, 1),
      ...{ type: 'service_order.trouble_began' as const, data: { trouble: 'unresolved' } },
    };
    const own = { sequence: 1, waiting: [began], told };
    const after = outboxAfter({ sequence: 4, waiting: [], told }, own, OTHER);
    assert.deepEqual(after, { sequence: 4, waiting: [], told });
  });
});
