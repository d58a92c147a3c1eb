/** Faults by chance: the same seed and the same order of calls meet the same faults. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '../../simulator/control.ts';
import { draw } from '../../simulator/faults/generator.ts';
import { open, OPENID, signedBy, type Opened } from './merchant.ts';
import { openReceiver, until } from './receiver.ts';

/** Told apart by their answers alone. */
const FAULTS: Fault[] = ['throttled', 'unavailable-503', 'unsigned-502', 'cut', 'accepted-202'];

async function statuses({ permission }: Opened, calls: number): Promise<number[]> {
  const met = [];
  for (let i = 0; i < calls; i++)
    met.push((await permission(OPENID).catch(() => undefined))?.status);
  return met.map((status) => status ?? 0);
}

test('the same seed and the same calls meet the same faults, another seed meets others', async (t) => {
  const opened = await open(t);
  const { control } = opened;
  const met = [];
  for (const seed of [42, 42, 43]) {
    const told = await control.randomFaults({ seed, rate: 0.5, faults: FAULTS });
    assert.equal(told.random?.seed, seed);
    met.push(await statuses(opened, 40));
  }
  assert.deepEqual(met[1], met[0]);
  assert.notDeepEqual(met[2], met[0]);
  assert.ok(new Set(met[0]).size >= 4, String(met[0]));
});

test('a seed that nobody chose is told, and repeats what it did', async (t) => {
  const opened = await open(t);
  const { random } = await opened.control.randomFaults({ rate: 0.5, faults: FAULTS });
  assert.ok(random);
  const met = await statuses(opened, 20);
  await opened.control.randomFaults(random);
  assert.deepEqual(await statuses(opened, 20), met);
});

test('strikes about the share of calls it is told, and counts each fault', async (t) => {
  const opened = await open(t);
  await opened.control.randomFaults({ seed: 1, rate: 0.25, faults: FAULTS });
  const met = await statuses(opened, 200);
  const struck = met.filter((status) => status !== 200).length;
  assert.ok(struck > 30 && struck < 70, String(struck));
  const { calls } = (await opened.control.faults()).injected;
  assert.equal(calls['throttled'], met.filter((status) => status === 429).length);
  assert.equal(
    Object.values(calls).reduce((sum, count) => sum + count, 0),
    struck,
  );
});

test('strikes the named calls only', async (t) => {
  const { control, permission, query } = await open(t);
  await control.randomFaults({ rate: 1, faults: ['throttled'], calls: ['query'] });
  assert.equal((await permission(OPENID)).status, 200);
  assert.equal((await query('none')).status, 429);
});

test('comes after what was planned, and ends when it is told to', async (t) => {
  const { control, permission } = await open(t);
  await control.randomFaults({ rate: 1, faults: ['throttled'] });
  await control.planFault({ fault: 'unavailable-503' });
  assert.equal((await permission(OPENID)).status, 503);
  assert.equal((await permission(OPENID)).status, 429);
  assert.equal((await control.endRandomFaults()).random, null);
  assert.equal((await permission(OPENID)).status, 200);
});

test('by default chooses neither refusals nor what fills a disk, and never a fault that needs a parameter', async (t) => {
  const { control } = await open(t);
  const { random } = await control.randomFaults({ rate: 0 });
  for (const fault of ['refused', 'oversized', 'gzip-bomb'] as const) {
    assert.ok(!random?.faults.includes(fault), fault);
  }
  assert.ok(random?.faults.includes('executed-late'));
  await assert.rejects(control.randomFaults({ rate: 1, faults: ['refused'] }), { status: 400 });
  await control.randomFaults({ rate: 1, faults: ['oversized'] });
});

test('signtest by chance never strikes the repetition of a request that it struck', async (t) => {
  const { control, create, createBody, query, simulator } = await open(t);
  await create(createBody('R0'));
  await control.randomFaults({ rate: 1, faults: ['signtest'], calls: ['query'] });
  const proven = [];
  for (const number of ['R0', 'R0', 'R0', 'none', 'none']) {
    proven.push(signedBy(await query(number), simulator.merchant) !== undefined);
  }
  assert.deepEqual(proven, [false, true, true, false, true]);
  assert.deepEqual((await control.faults()).injected.calls, { signtest: 2 });
});

test('strikes sends of notifications from a sequence of its own, and signtest no send twice', async (t) => {
  const { notify_url, received } = await openReceiver(t, (res) => res.writeHead(500).end());
  const { control, bill, permission } = await open(t);
  await bill('R1', { notify_url });
  await control.randomFaults({
    rate: 0,
    notification_rate: 1,
    notification_faults: ['signtest'],
  });
  await control.pay('R1');
  await until(() => received.length === 1);
  await until(async () => (await control.notifications('R1'))[0]?.attempts.length === 1);
  await control.setClock({ advance_seconds: 15 });
  await until(() => received.length === 2);
  const probed = received.map(({ headers }) =>
    headers.get('Wechatpay-Signature')?.startsWith('WECHATPAY/SIGNTEST/'),
  );
  assert.deepEqual(probed, [true, false]);
  assert.equal((await permission(OPENID)).status, 200);
  assert.deepEqual((await control.faults()).injected, {
    calls: {},
    notifications: { signtest: 1 },
  });
});

test('the generator is mulberry32, spread evenly', () => {
  // the first numbers of the seed 1, by the published algorithm in Python
  const { numbers } = draw(3, 1);
  assert.deepEqual(
    numbers.map((number) => Math.round(number * 2 ** 32)),
    [2693262067, 11749833, 2265367787],
  );
  const many = draw(10_000, 5).numbers;
  const mean = many.reduce((sum, number) => sum + number, 0) / many.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, String(mean));
  assert.ok(many.every((number) => number >= 0 && number < 1));
});
