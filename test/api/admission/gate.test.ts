/** Who is let in, who waits, and who is told to come again. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { createGate, Refused, type GateParts } from '../../../api/admission/gate.ts';
import { holds } from '../../properties/holds.ts';

function gateAt(t: TestContext, parts: GateParts = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let ms = 0;
  const limits: number[] = [];
  const gate = createGate({
    now: () => ms,
    random: () => 0.5,
    onLimit: (it) => limits.push(it),
    ...parts,
  });
  return {
    gate,
    limits,
    /** Time passes, and what was due happens. */
    async pass(by: number) {
      ms += by;
      t.mock.timers.tick(by);
      await setImmediate();
    },
    /** So much was measured of a request, when so many were under way. */
    take: (tookMs: number, { amid = 64, isTaken = true } = {}) =>
      gate.note({ amid, ms: tookMs, isTaken }),
  };
}

/** Requests that end when they are told to. */
function crowd(gate: ReturnType<typeof createGate>, size: number) {
  const outcomes: string[] = Array.from({ length: size }, () => 'waits');
  const ends: (() => void)[] = [];
  const all = outcomes.map(async (_, nth) => {
    const work = async () => {
      outcomes[nth] = 'in';
      await new Promise<void>((resolve) => (ends[nth] = resolve));
      outcomes[nth] = 'done';
    };
    await gate.run(work).catch((error: unknown) => {
      assert.ok(error instanceof Refused);
      outcomes[nth] = 'refused';
    });
  });
  const count = (outcome: string) => outcomes.filter((it) => it === outcome).length;
  return { outcomes, ends, count, all: Promise.all(all) };
}

const start = (limit: number) => ({ bounds: { start: limit, floor: 1 } });

test('a burst of 50 on an idle API is let in at once', async (t) => {
  const { gate } = gateAt(t);
  const { count, outcomes } = crowd(gate, 50);
  await setImmediate();
  assert.equal(count('in'), 50, outcomes.join(' '));
});

test('as many as are let in may wait, and the others are told at once', async (t) => {
  const { gate } = gateAt(t, start(3));
  const { outcomes } = crowd(gate, 8);
  await setImmediate();
  assert.deepEqual(outcomes, [
    ...['in', 'in', 'in', 'waits', 'waits', 'waits'],
    ...['refused', 'refused'],
  ]);
  assert.deepEqual(gate.state, { limit: 3, underWay: 3, waiting: 3 });
});

test('who has waited longest is let in when somebody is done, however that ends', async (t) => {
  const { gate } = gateAt(t, start(2));
  const { outcomes, ends } = crowd(gate, 3);
  const failing = gate.run(() => Promise.reject(new Error('fails')));
  await setImmediate();
  ends[1]?.();
  await setImmediate();
  assert.deepEqual(outcomes, ['in', 'done', 'in']);
  ends[0]?.();
  await assert.rejects(failing, /fails/);
  ends[2]?.();
  await setImmediate();
  assert.deepEqual(gate.state, { limit: 2, underWay: 0, waiting: 0 });
});

test('nobody waits for longer than half a second', async (t) => {
  const { gate, pass } = gateAt(t, start(1));
  const { outcomes } = crowd(gate, 2);
  await pass(499);
  assert.deepEqual(outcomes, ['in', 'waits']);
  await pass(1);
  assert.deepEqual(outcomes, ['in', 'refused']);
  assert.equal(gate.state.waiting, 0);
});

test('never are more under way than may be, nor do more wait, whatever comes and ends', async (t) => {
  const step = fc.oneof(
    fc.record({ come: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ end: fc.nat(200) }),
    fc.record({ pass: fc.integer({ min: 1, max: 3_000 }) }),
    fc.record({ took: fc.integer({ min: 0, max: 8_000 }) }),
  );
  const { gate, pass, take } = gateAt(t, { bounds: { start: 8, floor: 2, ceiling: 20 } });
  await holds(
    100,
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const crowds: ReturnType<typeof crowd>[] = [];
      for (const it of steps) {
        const ends = crowds.flatMap((one) => one.ends.filter(Boolean));
        if ('come' in it) crowds.push(crowd(gate, it.come));
        if ('end' in it) ends[it.end % Math.max(ends.length, 1)]?.();
        if ('pass' in it) await pass(it.pass);
        if ('took' in it) take(it.took);
        await setImmediate();
        const { limit, underWay, waiting } = gate.state;
        assert.ok(limit >= 2 && limit <= 20);
        // Who was let in under a limit before stays.
        assert.ok(underWay <= 20 && waiting <= 20, JSON.stringify(gate.state));
      }
      for (let open = true; open;) {
        for (const { ends } of crowds) for (const end of ends) end?.();
        await setImmediate();
        open = gate.state.underWay + gate.state.waiting > 0;
      }
      await Promise.all(crowds.map(({ all }) => all));
    }),
  );
});

test('what was let in before the limit fell does not make it fall again', async (t) => {
  const { gate, pass, take } = gateAt(t);
  for (let second = 0; second < 5; second++) {
    take(1_500);
    await pass(1_000);
    take(1_500);
    assert.equal(gate.state.limit, 32);
  }
});

test('what few wait for is not each other, and changes nothing', async (t) => {
  const { gate, pass, take } = gateAt(t);
  for (let second = 0; second < 5; second++) {
    take(5_000, { amid: 31 });
    await pass(1_000);
  }
  take(50);
  assert.equal(gate.state.limit, 64);
});

test('requests that nobody took make it fall only where others were taken', async (t) => {
  const { gate, pass, take } = gateAt(t);
  const untaken = () => [1, 2, 3].forEach(() => take(6_000, { isTaken: false }));
  untaken();
  await pass(1_000);
  untaken();
  assert.equal(gate.state.limit, 64);
  take(100);
  await pass(1_000);
  take(100);
  assert.equal(gate.state.limit, 32);
});

test('calls that wait for their turn make it fall, and again only when Temporal has looked anew', async (t) => {
  const { gate, pass } = gateAt(t, { backlogMs: () => 1_500 });
  const { count } = crowd(gate, 60);
  await setImmediate();
  assert.equal(count('in'), 60);
  const limits: number[] = [];
  for (let second = 0; second < 12; second++) {
    await pass(1_000);
    gate.note({ amid: 64, ms: 50, isTaken: true });
    limits.push(gate.state.limit);
  }
  assert.deepEqual(limits, [32, 32, 32, 32, 32, 32, 16, 16, 16, 16, 16, 16]);
});

test('an hour after everything it serves a burst again', async (t) => {
  const { gate, pass, take } = gateAt(t);
  for (let second = 0; second < 20; second++) {
    take(10_000);
    await pass(1_000);
  }
  assert.ok(gate.state.limit < 10);
  await pass(3_600_000);
  const { count } = crowd(gate, 50);
  await setImmediate();
  assert.equal(count('in'), 50);
});

test('the more were refused lately, the later they are told to come again', async (t) => {
  const { gate, pass } = gateAt(t, start(1));
  const toldNow = async () => {
    const told: number[] = [];
    const ask = () =>
      gate
        .run(async () => undefined)
        .catch((error: unknown) => {
          if (error instanceof Refused) told.push(error.retryAfterSeconds);
        });
    const asked = Array.from({ length: 30 }, ask);
    await pass(500);
    await Promise.all(asked);
    return Math.max(...told);
  };
  void gate.run(() => new Promise(() => undefined));
  const first = await toldNow();
  await pass(500);
  assert.ok(first <= 30);
  assert.ok((await toldNow()) >= 2);
});
