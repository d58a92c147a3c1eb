/** The API as a process of its own, attacked by whoever can reach it: what it holds, and whom it still answers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { headOf, stranger, watchMemory, type Stranger } from '../../support/attack.ts';
import { eventually } from '../../support/eventually.ts';
import { steadyPort } from '../../support/port.ts';
import { startBuilt, type Program } from '../../support/program.ts';
import { openProgramStage, type ProgramStage } from '../../support/program-stage.ts';

/** Said in docs/operations.md. */
const MOST_MB = 400;
const SENT = Buffer.alloc(1_450_000, 'x');
const ANNOUNCED = 1_499_999;

describe('the API under attack', () => {
  let stage: ProgramStage;
  let wechat: ProgramStage['wechat'];
  let api: Program;
  let url: string;
  let figuresUrl: string;
  before(async () => {
    stage = await openProgramStage();
    ({ wechat } = stage);
    const API_PORT = String(await steadyPort());
    const API_METRICS_PORT = String(await steadyPort());
    const variables = { ...stage.variables, API_PORT, API_METRICS_PORT };
    api = await startBuilt('api/main.js', variables);
    await api.saw(/api listens/);
    url = `http://127.0.0.1:${API_PORT}`;
    figuresUrl = `http://127.0.0.1:${API_METRICS_PORT}/metrics`;
  });
  after(async () => {
    await api.end();
    await stage.close();
  });

  async function genuine(): Promise<number> {
    const { body, headers } = await wechat.notification({ resource: {}, event_type: 'NEW.THING' });
    const answer = await fetch(`${url}/wechatpay/notifications`, { method: 'POST', headers, body });
    return answer.status;
  }

  async function figure(series: string): Promise<number> {
    const lines = (await (await fetch(figuresUrl)).text()).split('\n');
    return Number(lines.find((line) => line.startsWith(series))?.slice(series.length) ?? 0);
  }
  /** How many had to go because there were too many. */
  const closed = () => figure('payscore_connections_closed_total{bound="connections"} ');
  const sockets = () => figure('nodejs_active_resources{type="TCPSocketWrap"} ');

  function many(count: number, one: () => Stranger): Stranger[] {
    return Array.from({ length: count }, one);
  }

  async function sendAway(strangers: readonly Stranger[]): Promise<void> {
    for (const { socket } of strangers) socket.destroy();
    await Promise.all(strangers.map(({ ended }) => ended));
  }

  const plausible = async () => (await wechat.notification({ resource: {} })).headers;
  for (const [what, headersOf] of [
    ['no header of WeChat Pay', async () => ({})],
    ['the headers of WeChat Pay', plausible],
  ] as const) {
    it(`holds less than ${MOST_MB} MB when 1,500 connections send 1.45 MB each with ${what}`, async (t) => {
      const head = headOf(await headersOf(), ANNOUNCED);
      const most = watchMemory(api.pid);
      const strangers = many(1_500, () => stranger(url, head, SENT));
      t.after(() => sendAway(strangers));
      await delay(10_000);
      assert.equal(await genuine(), 204);
      const megabytes = await most();
      assert.ok(megabytes < MOST_MB, `${megabytes} MB`);
    });
  }

  for (const [what, sends] of [
    ['say nothing', []],
    ['never end their headers', ['POST /wechatpay/notifications HTTP/1.1\r\nhost: api\r\n']],
  ] as const) {
    it(`lets at most 1,000 of 3,000 connections stay that ${what}, and answers WeChat Pay meanwhile`, async (t) => {
      const earlier = await closed();
      const strangers: Stranger[] = [];
      t.after(() => sendAway(strangers));
      for (let count = 0; count < 3_000; count++) {
        strangers.push(stranger(url, ...sends));
        // The system's own queue of connections is short: whom it drops, the API never sees.
        if (count % 100 === 0) assert.equal(await genuine(), 204);
      }
      // The figures have a port of their own: they are not told after those who wait here. Whoever waits goes by himself after
      // 5 s: where that is sooner than a slow machine takes a thousand in, more must come.
      await eventually('some to go for the others', async () => {
        strangers.push(...many(500, () => stranger(url, ...sends)));
        return (await closed()) > earlier;
      });
      assert.ok((await sockets()) < 1_010, 'with its own to Temporal');
      assert.equal(await genuine(), 204);
    });
  }
});
