/**
 * Personal data of marked users go every path; afterwards nothing of the marks is in what the programs and Temporal have written,
 * byte by byte, in base64 neither.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import { createApiClient, type ApiAnswer } from '../support/api-client.ts';
import { comeMorning, daysAgo, play } from '../support/day.ts';
import { eventually } from '../support/eventually.ts';
import { newNumber } from '../support/orders.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, type Program } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

const PHONE = '13800138000';
const NAME = '张三丰同学';
/** What a search looks for: none of it may stand anywhere. */
const MARKS = { openid: 'oMarkedUser', attach: 'MARKED-ATTACH', phone: PHONE, name: NAME } as const;
const YESTERDAY = daysAgo(1);
const REASON = `${NAME} ${PHONE}`;

describe('personal data', () => {
  let folder: string;
  let stage: ProgramStage;
  let programs: Program[];
  let api: ReturnType<typeof createApiClient>;
  const answers: ApiAnswer[] = [];
  let metricsUrls: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-in-the-clear-'));
    stage = await openProgramStage({ temporal: { databaseFile: join(folder, 'temporal.db') } });
    const [API_PORT, API_METRICS_PORT, WORKER_PORT] = [
      String(await steadyPort()),
      String(await steadyPort()),
      String(await steadyPort()),
    ];
    const variables = {
      ...stage.variables,
      ...{ API_PORT, API_METRICS_PORT, WORKER_PORT, LOG_LEVEL: 'debug' },
      WECHATPAY_NOTIFY_URL: `http://127.0.0.1:${API_PORT}/wechatpay/notifications`,
      REPORT_FOLDER: join(folder, 'reports'),
      POLL_DELAYS: '1s,2s,5s',
    };
    programs = [
      await startBuilt('worker/main.js', variables),
      await startBuilt('api/main.js', variables),
    ];
    await programs[1]?.saw(/api listens/);
    const url = `http://127.0.0.1:${API_PORT}`;
    api = createApiClient(url);
    metricsUrls = [API_METRICS_PORT, WORKER_PORT].map((port) => `http://127.0.0.1:${port}/metrics`);
    await eventually('the worker', async () => {
      const ready = await fetch(`http://127.0.0.1:${WORKER_PORT}/readyz`).catch(() => undefined);
      return ready?.ok;
    });
  });
  after(async () => {
    for (const program of programs) await program.end();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is in nothing that was written, whatever became of the orders', async () => {
    await play(stage.stack, YESTERDAY);
    await Promise.all([
      paid(),
      cancelled(),
      neverAuthorised(),
      unknownOutcome(),
      refused(),
      faulty(),
      authorizations(),
    ]);
    await reconciled();
    const figures = await Promise.all(metricsUrls.map(async (url) => (await fetch(url)).text()));
    const problems = answers.filter(({ status }) => status >= 400).map(({ body }) => body);
    assert.ok(problems.length >= 4, 'too few problems');
    for (const program of programs) await program.end();
    await stage.stack.temporalServer.stop();

    const written: Record<string, Buffer> = {
      'the logs': Buffer.from(programs.flatMap(({ lines }) => lines).join('\n')),
      'the figures': Buffer.from(figures.join('\n')),
      'the problems': Buffer.from(JSON.stringify(problems)),
    };
    for (const file of await filesIn(folder)) written[file] = await readFile(join(folder, file));
    assert.ok(Object.keys(written).some((name) => name.endsWith('temporal.db')));
    assert.ok(Object.keys(written).some((name) => name.includes('findings')));
    const found = Object.entries(written).flatMap(([where, bytes]) =>
      Object.entries(MARKS).flatMap(([what, mark]) =>
        formsOf(mark).some((form) => bytes.includes(form)) ? [`${what} in ${where}`] : [],
      ),
    );
    assert.deepEqual(found, []);
  });

  /** Keeps the answer: what problems say is looked at as well. */
  async function call(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const key = { 'idempotency-key': `${PHONE}-${answers.length}` };
    const answer = await api.call(method, path, body, method === 'POST' ? key : {});
    answers.push(answer);
    return answer;
  }

  function order(change: object = {}) {
    return {
      out_order_no: newNumber(),
      openid: `${MARKS.openid}${newNumber()}`.slice(0, 32),
      service_introduction: '充电宝租借',
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900, description: NAME },
      location: { start_location: `${NAME}宿舍` },
      device: { start_device_id: `D${PHONE}` },
      attach: MARKS.attach,
      ...change,
    };
  }

  async function endTime(): Promise<string> {
    const { now } = await stage.stack.people.clock();
    return beijingTimeOf(new Date(Date.parse(now) - 1_000), 14);
  }

  async function inService(change: object = {}) {
    const { people } = stage.stack;
    const opened = order(change);
    await people.authorise(opened.openid);
    await call('POST', '/v1/service-orders', opened);
    await untilPhase(opened.out_order_no, 'in_service');
    await delay(2_100);
    return opened.out_order_no;
  }

  async function untilPhase(number: string, phase: string) {
    await eventually(
      `${number} ${phase}`,
      async () => (await api.read(number)).body.phase === phase,
      60_000,
    );
  }

  /** The service has ended a second ago by WeChat's clock. */
  const completion = async (total_amount: number) => ({
    time_range: { end_time: await endTime() },
    post_payments: [{ name: '租借费', amount: total_amount, description: NAME }],
    location: { end_location: `${NAME}宿舍 ${PHONE}` },
    total_amount,
  });

  async function paid() {
    const number = await inService();
    await call('POST', `/v1/service-orders/${number}/complete`, await completion(500));
    await untilPhase(number, 'paying');
    const { post_payments, total_amount } = await completion(300);
    const lower = { post_payments, total_amount, reason: REASON.slice(0, 30) };
    await call('POST', `/v1/service-orders/${number}/modify`, lower);
    await stage.stack.people.pay(number);
    await untilPhase(number, 'paid');
    await call('POST', `/v1/service-orders/${number}/cancel`, { reason: REASON });
    await call('POST', `/v1/service-orders/${number}/detail-link`);
  }

  async function cancelled() {
    const number = await inService();
    await call('POST', `/v1/service-orders/${number}/cancel`, { reason: REASON });
    await untilPhase(number, 'cancelled');
  }

  /** The user was sent to WeChat's page, and business code thinks better of it. */
  async function neverAuthorised() {
    const { out_order_no, ...rest } = order();
    await call('POST', '/v1/service-orders', { out_order_no, ...rest });
    await untilPhase(out_order_no, 'authorizing');
    await call('POST', `/v1/service-orders/${out_order_no}/cancel`, { reason: REASON });
    await untilPhase(out_order_no, 'cancelled');
  }

  /** An answer that is cut, and one that is not WeChat Pay's. */
  async function unknownOutcome() {
    const number = await inService();
    const { people } = stage.stack;
    await people.planFault({ call: 'complete', fault: 'cut', out_order_no: number });
    await people.planFault({ call: 'query', fault: 'half-json', out_order_no: number });
    await call('POST', `/v1/service-orders/${number}/complete`, await completion(500));
    await untilPhase(number, 'paying');
    await people.pay(number);
    await untilPhase(number, 'paid');
  }

  /** WeChat Pay does not let this user have another order. */
  async function refused() {
    const opened = order();
    const { people } = stage.stack;
    await people.authorise(opened.openid);
    const { out_order_no } = opened;
    const refusal = 'riskRefused';
    await people.planFault({ call: 'create', fault: 'refused', refusal, out_order_no });
    await call('POST', '/v1/service-orders', opened);
  }

  async function faulty() {
    await call('POST', '/v1/service-orders', { ...order(), openid: `${MARKS.openid} ${PHONE}` });
    await call('POST', '/v1/service-orders', { ...order(), location: NAME, note: PHONE });
    await call('POST', `/v1/service-orders/${newNumber()}/complete`, await completion(1));
  }

  async function authorizations() {
    const openid = `${MARKS.openid}${newNumber()}`.slice(0, 32);
    await stage.stack.people.authorise(openid);
    await call('POST', '/v1/authorizations/query', { openid });
    await call('POST', '/v1/authorizations/terminate', { openid, reason: REASON.slice(0, 30) });
    await call('POST', '/v1/authorizations/query', { openid, reason: NAME });
  }

  /** The day is over for WeChat Pay, whose bill names the users. */
  async function reconciled() {
    await comeMorning(stage.stack);
    await call('POST', '/v1/reconciliations', { bill_date: YESTERDAY });
    await eventually(
      'the report',
      async () => {
        const { body } = await api.call('GET', `/v1/reconciliations/${YESTERDAY}`);
        return body.report !== undefined;
      },
      60_000,
    );
  }
});

/** As it is, and as it stands in base64, at each of the three places where it may begin. */
function formsOf(mark: string): Buffer[] {
  const bytes = Buffer.from(mark);
  const inBase64 = [0, 1, 2].map((before_) => {
    const text = Buffer.concat([Buffer.alloc(before_), bytes]).toString('base64');
    // What stands at the edges depends on the neighbours.
    return Buffer.from(text.slice(Math.ceil((before_ * 4) / 3), -4).replaceAll('=', ''));
  });
  return [bytes, ...inBase64];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}
