/** Temporal is found again within seconds, however long it was away. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectionTo } from '../../api/connection.ts';

const AWAY_MS = 20_000;

/** A busy machine may stand still for longer than between two knocks: another while is looked at then. */
const WHILES = 3;

test('the API knocks every few seconds at a Temporal that is away, and not more rarely as time goes by', async (t) => {
  const longest: number[] = [];
  // 2 s, and what gRPC adds at random; without a limit the fifth is 6 s and the seventh 17 s.
  const isOften = () => longest.some((ms) => ms < 5_000);
  while (!isOften() && longest.length < WHILES) longest.push(await longestGap(t));
  assert.ok(isOften(), longest.join(' '));
});

/** In ms, between two knocks while Temporal is away. */
async function longestGap(t: TestContext): Promise<number> {
  const knocks: number[] = [];
  const shut = createServer((socket) => {
    knocks.push(Date.now());
    socket.destroy();
  });
  shut.listen(0, '127.0.0.1');
  await once(shut, 'listening');
  t.after(() => shut.close());
  const connection = connectionTo({
    address: `127.0.0.1:${(shut.address() as AddressInfo).port}`,
  });
  t.after(() => connection.close());

  const end = Date.now() + AWAY_MS;
  while (Date.now() < end) {
    await connection.healthService.check({}).catch(() => undefined);
    await delay(200);
  }
  const gaps = knocks.slice(1).map((at, nth) => at - (knocks[nth] ?? 0));
  return Math.max(...gaps, end - (knocks.at(-1) ?? 0));
}
