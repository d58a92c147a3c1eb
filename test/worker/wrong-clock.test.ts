/** Programs whose machine's clock is ten minutes off say so, instead of blaming the network or WeChat Pay's keys. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { rental } from '../support/orders.ts';
import { shown } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

const PRELOAD = fileURLToPath(new URL('../support/shifted-clock.mjs', import.meta.url));
const TEN_MINUTES_MS = 600_000;
const LONG_MS = 60_000;

describe('a machine whose clock is ten minutes off', () => {
  let stage: ProgramStage;
  let wechat: ProgramStage['wechat'];
  let stack: ProgramStage['stack'];
  let variables: ProgramStage['variables'];
  before(async () => {
    stage = await openProgramStage();
    ({ wechat, stack, variables } = stage);
  });
  after(() => stage.close());

  const offBy = (ms: number) => ({
    NODE_OPTIONS: `--import ${PRELOAD}`,
    CLOCK_SHIFT_MS: String(ms),
  });

  /** What it says of itself. */
  async function readiness(port: string) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: answer.status, detail: ((await answer.json()) as { detail?: string }).detail };
  }

  async function figureAt(port: string, name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(name)) ?? '';
    return Number(line.split(' ').at(-1));
  }

  it('worker: its log, its orders, its figures and its readyz name the difference', async (t) => {
    const WORKER_PORT = String(await steadyPort());
    const worker = await startBuilt('worker/main.js', {
      ...variables,
      ...offBy(TEN_MINUTES_MS),
      WORKER_PORT,
    });
    t.after(() => worker.end());
    const line = await worker.saw(/cannot be reached or verified/, LONG_MS);
    assert.match(line, /401 SIGN_ERROR \(Request-ID \w+-\d+\), but is not proven to have/);
    assert.match(line, /clock is (599|60\d) s ahead of WeChat Pay’s/);

    const { status, detail } = await eventually('a worker that takes tasks', async () => {
      const told = await readiness(WORKER_PORT);
      return /clock/.test(told.detail ?? '') && told;
    });
    assert.equal(status, 503);
    assert.match(detail ?? '', /(599|60\d) s ahead of WeChat Pay’s, and 300 s are allowed/);
    const ahead = await figureAt(WORKER_PORT, 'payscore_clock_ahead_seconds{of="wechatpay"}');
    assert.ok(Math.abs(ahead - 600) < 10, String(ahead));

    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    await shown(
      stack,
      order.out_order_no,
      {
        trouble: 'misconfigured',
        timeline: (entries: { event: string }[]) =>
          entries.some(({ event }) => /misconfigured.*s ahead of WeChat Pay’s/.test(event)),
      },
      LONG_MS,
    );
  });

  for (const [words, ms, where] of [
    ['ahead', TEN_MINUTES_MS, /at least (29\d|300|30\d) s ahead of Temporal’s/],
    ['behind', -TEN_MINUTES_MS, /at least (5[4-9]\d|600) s behind Temporal’s/],
  ] as const) {
    it(`api, ${words}: its readyz names the difference, and so does what it says of a callback`, async (t) => {
      const worker = await stack.startWorker();
      const API_PORT = String(await steadyPort());
      const api = await startBuilt('api/main.js', { ...variables, ...offBy(ms), API_PORT });
      t.after(async () => {
        await api.end();
        await worker.stop();
      });
      await api.saw(/api listens/);
      const { status, detail } = await eventually('a look at the pollers', async () => {
        const told = await readiness(API_PORT);
        return told.status === 503 && told;
      });
      assert.equal(status, 503);
      assert.match(detail ?? '', where);

      const { body, headers } = await wechat.notification({ resource: {} });
      const url = `http://127.0.0.1:${API_PORT}/wechatpay/notifications`;
      assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 401);
      const other = words === 'ahead' ? 'behind' : 'ahead of';
      await api.saw(new RegExp(`Wechatpay-Timestamp is (599|60\\d) s ${other} our clock`), LONG_MS);
    });
  }
});
