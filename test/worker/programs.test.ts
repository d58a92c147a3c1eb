/** The programs api and worker as processes: what they say when something is away, and how they end. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { inService } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';
import { DAILY, dailyScheduleIdOf } from '../../workflows/contract.ts';

describe('the programs', () => {
  let stage: ProgramStage;
  let stack: ProgramStage['stack'];
  let variables: ProgramStage['variables'];
  before(async () => {
    stage = await openProgramStage();
    ({ stack, variables } = stage);
  });
  after(() => stage.close());

  const port = async () => String(await steadyPort());
  const statusOf = async (url: string) => (await fetch(url).catch(() => undefined))?.status;

  it('worker: proves its keys to WeChat Pay at the start, is ready, and ends with 0 on SIGTERM', async () => {
    const WORKER_PORT = await port();
    const worker = await startBuilt('worker/main.js', {
      ...variables,
      WORKER_PORT,
      WECHATPAY_MERCHANT_CERTIFICATE_FILE: join(stage.wechat.folder, 'apiclient_cert.pem'),
    });
    await worker.saw(/WeChat Pay answers/);
    await eventually(
      'readiness',
      async () => (await statusOf(`http://127.0.0.1:${WORKER_PORT}/readyz`)) === 200,
    );
    const metrics = await (await fetch(`http://127.0.0.1:${WORKER_PORT}/metrics`)).text();
    assert.match(metrics, /^# TYPE wechatpay_unverified_total counter$/m);
    // Temporal's own are among them, and those that a first call begins.
    assert.match(metrics, /^temporal_worker_task_slots_available\{.*\} \d+$/m);
    assert.match(metrics, /^payscore_figures_complete\{of="temporal"\} 1$/m);
    assert.match(metrics, /^wechatpay_call_duration_seconds_count\{.*outcome="refused"\} 1$/m);
    assert.match(metrics, /^payscore_order_phases_total\{phase="paid"\} 0$/m);
    assert.match(metrics, /^payscore_key_end_timestamp_seconds\{kind="merchant"\} \d+$/m);
    await worker.saw(/"call":"getServiceOrder","outcome":"refused","status":400/);
    assert.equal(await worker.end(), 0);
  });

  it('migrate: prepares the namespace and the daily schedule, however often it is run', async () => {
    for (let run = 1; run <= 2; run++) {
      const migrate = await startBuilt('worker/migrate.js', variables);
      assert.equal(await migrate.exitCode(), 0, migrate.lines.join('\n'));
    }
    const schedule = stack.client.schedule.getHandle(dailyScheduleIdOf(stack.merchant.mchid));
    const { action } = await schedule.describe();
    assert.equal(action.workflowType, DAILY);
  });

  it('worker: says that WeChat Pay cannot be reached, where, keeps trying, and is not ready', async () => {
    const WORKER_PORT = await port();
    const worker = await startBuilt('worker/main.js', {
      ...variables,
      WORKER_PORT,
      WECHATPAY_BASE_URL: 'http://127.0.0.1:1',
    });
    const line = await worker.saw(/WeChat Pay cannot be reached/);
    assert.match(line, /http:\/\/127\.0\.0\.1:1.*ECONNREFUSED/);
    const ready = await fetch(`http://127.0.0.1:${WORKER_PORT}/readyz`);
    assert.equal(ready.status, 503);
    assert.match(await ready.text(), /WeChat Pay cannot be reached.*ECONNREFUSED/);
    assert.equal(await worker.end(), 0);
    assert.ok(
      worker.lines.every((text) => !/^\s+at /.test(text)),
      'no stack trace',
    );
  });

  it('worker: says that WeChat Pay does not accept our signature, and which settings to check', async () => {
    const worker = await startBuilt('worker/main.js', {
      ...variables,
      WORKER_PORT: await port(),
      WECHATPAY_SERIAL_NO: 'A'.repeat(40),
    });
    await worker.saw(
      /does not accept our signature: check mchid, serial_no, the private key and the clock/,
    );
    await worker.end();
  });

  for (const program of ['worker', 'api']) {
    it(`${program}: says that Temporal cannot be reached, where, and waits for it, not ready`, async () => {
      const PORT = await port();
      const running = await startBuilt(`${program}/main.js`, {
        ...variables,
        API_PORT: PORT,
        WORKER_PORT: PORT,
        TEMPORAL_ADDRESS: '127.0.0.1:1',
      });
      await running.saw(/127\.0\.0\.1:1.*Temporal cannot be reached/);
      assert.equal(await statusOf(`http://127.0.0.1:${PORT}/readyz`), 503);
      assert.equal(await statusOf(`http://127.0.0.1:${PORT}/healthz`), 200);
      assert.equal(await running.end(), 0);
    });

    it(`${program}: says which port is taken, without a stack trace`, async () => {
      const PORT = new URL(stack.url).port;
      const running = await startBuilt(`${program}/main.js`, {
        ...variables,
        API_PORT: PORT,
        WORKER_PORT: PORT,
      });
      assert.equal(await running.exitCode(), 1);
      const said = running.lines.filter((line) => !line.startsWith('{'));
      assert.deepEqual(said, [
        `Cannot listen on 127.0.0.1:${PORT} (EADDRINUSE); set the variable of another port or host.`,
      ]);
    });
  }

  it('worker: lets the call that runs end before it ends itself', async () => {
    const worker = await startBuilt('worker/main.js', { ...variables, WORKER_PORT: await port() });
    await worker.saw(/"state":"RUNNING"/);
    const { out_order_no } = await inService(stack);
    const completing = stack.api.complete(out_order_no, rentalEnd(500));
    await eventually('the completion', async () => {
      const { ledger } = await stack.people.order(out_order_no);
      return ledger.length === 2;
    });
    assert.equal(await worker.end(), 0);
    const next = await stack.startWorker();
    assert.ok([200, 202].includes((await completing).status));
    const { ledger } = await stack.people.order(out_order_no);
    assert.equal(ledger.length, 2);
    const { body } = await stack.api.read(out_order_no);
    assert.equal(body.phase, 'paying');
    await next.stop();
  });

  it('api: finishes the request that runs before it ends on SIGTERM', async () => {
    const API_PORT = await port();
    const api = await startBuilt('api/main.js', { ...variables, API_PORT });
    await api.saw(/api listens/);
    const order = rental();
    // Without a worker this waits for six seconds.
    const waiting = createApiClient(`http://127.0.0.1:${API_PORT}`).open(order);
    await eventually('the run of the order', () =>
      stack
        .run(order.out_order_no)
        .describe()
        .then(
          () => true,
          () => false,
        ),
    );
    const ending = api.end();
    assert.equal((await waiting).status, 202);
    assert.equal(await ending, 0);
  });

  it('api: ends in order on a SIGTERM that comes while it looks for Temporal', async () => {
    const API_PORT = await port();
    const TEMPORAL_ADDRESS = `127.0.0.1:${await port()}`;
    const api = await startBuilt('api/main.js', { ...variables, API_PORT, TEMPORAL_ADDRESS });
    await api.saw(/api listens/);
    assert.equal(await api.end(), 0);
  });

  it('api: lets in only who has a key of the scope, but WeChat’s callbacks and probes without one', async () => {
    const API_PORT = await port();
    const API_METRICS_PORT = await port();
    const [key, other] = ['a-long-random-key', 'another-long-random-key'];
    const file = join(stage.wechat.folder, 'api_keys');
    await writeFile(file, `shop read ${sha256(key)}\n`);
    const api = await startBuilt('api/main.js', {
      ...variables,
      API_PORT,
      API_METRICS_PORT,
      API_HOST: '0.0.0.0',
      API_KEYS_FILE: file,
    });
    await api.saw(/api listens/);
    const url = `http://127.0.0.1:${API_PORT}`;
    const withKey = async (authorization: string) =>
      (await fetch(`${url}/v1/service-orders/X1`, { headers: { authorization } })).status;
    assert.equal(await statusOf(`${url}/v1/service-orders/X1`), 401);
    assert.equal(await withKey('Bearer wrong'), 401);
    assert.equal(await withKey(key), 401);
    assert.equal(await withKey(`Bearer ${key}`), 404);
    const order = { method: 'POST', headers: { authorization: `Bearer ${key}` } };
    const refused = await fetch(`${url}/v1/service-orders`, order);
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /The key shop has the scope read; this takes orders\./);
    assert.equal(await statusOf(`${url}/healthz`), 200);
    // How much money moves is nobody's business at the public port.
    assert.equal(await statusOf(`${url}/metrics`), 404);
    const answer = await fetch(`http://127.0.0.1:${API_METRICS_PORT}/metrics`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^payscore_figures_complete\{of="api"\} 1$/m);
    const callback = await fetch(`${url}/wechatpay/notifications`, { method: 'POST' });
    assert.deepEqual(await callback.json(), { code: 'FAIL', message: 'not verified' });
    // A key is given, and another taken back, while it runs; what cannot be read changes nothing.
    await writeFile(file, `other read ${sha256(other)}\n`);
    await api.saw(/API_KEYS_FILE was read again/);
    assert.equal(await withKey(`Bearer ${key}`), 401);
    assert.equal(await withKey(`Bearer ${other}`), 404);
    await writeFile(file, `${other}\n`);
    await api.saw(/API_KEYS_FILE has a fault/);
    assert.equal(await withKey(`Bearer ${other}`), 404);
    assert.equal(await api.end(), 0);
    assert.ok(api.lines.every((line) => !line.includes(key) && !line.includes(other)));
  });
});

function sha256(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
