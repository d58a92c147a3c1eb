/** A worker that was stopped for a while has calls in hand that the orders have given up: it sends none of them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { SEND_WITHIN_MS } from '../../payscore/in-flight.ts';
import { eventually } from '../support/eventually.ts';
import { correction } from '../support/orders.ts';
import { paying, shown } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, wechatpayVariables, type Program } from '../support/program.ts';
import type { Stack } from '../support/stack.ts';
import { useSigningStack } from '../support/stage.ts';

const ORDERS = 6;
/** Longer than a call may wait to be sent, and shorter than a worker's poll of Temporal lives. */
const STOPPED_MS = SEND_WITHIN_MS + 8_000;
const ASYNC = { prefer: 'respond-async' };

describe('a worker that is stopped for half a minute', () => {
  const signing = useSigningStack();
  const { stage } = signing;
  /** What it asked WeChat to do, and when. */
  const sent: { url: string; at: number }[] = [];
  const way = createServer((asked, answering) => {
    if (asked.method === 'POST') sent.push({ url: asked.url ?? '', at: Date.now() });
    const { method, headers, url = '' } = asked;
    const onwards = request(stage.stack.merchant.base_url + url, { method, headers }, (answer) => {
      answering.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(answering);
    });
    asked.pipe(onwards.on('error', () => answering.destroy()));
  });
  let stopped: Program;
  before(async () => {
    await once(way.listen(0, '127.0.0.1'), 'listening');
    const { merchant, temporalServer } = stage.stack;
    const port = await steadyPort();
    stopped = await startBuilt('worker/main.js', {
      ...wechatpayVariables(merchant, signing.wechat.folder),
      WECHATPAY_BASE_URL: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
      TEMPORAL_ADDRESS: temporalServer.address,
      WORKER_PORT: String(port),
    });
    const url = `http://127.0.0.1:${port}/readyz`;
    const isReady = () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually('the worker', isReady);
  });
  after(async () => {
    await stopped.end();
    way.close();
    way.closeAllConnections();
  });

  it('sends nothing of what it had in hand', async () => {
    const { stack } = stage;
    // It knows Temporal's clock by an order of its own.
    await stage.stopWorker();
    await paying(stack);
    assert.equal(sent.length, 2);

    await stage.startWorker();
    const orders = await Promise.all(Array.from({ length: ORDERS }, () => paying(stack)));
    stopped.kill('SIGSTOP');
    await Promise.all(
      orders.map(({ out_order_no }) => stack.api.modify(out_order_no, correction(300), ASYNC)),
    );
    await delay(STOPPED_MS);
    const resumedAt = Date.now();
    stopped.kill('SIGCONT');
    await stopped.saw(/not sent: a worker had it in hand too late/);
    for (const { out_order_no } of orders) {
      await shown(stack, out_order_no, { total_amount: 300 }, 90_000);
    }
    const afterwards = sent.filter((call) => call.at >= resumedAt);
    for (const { url, at } of afterwards) {
      const [, out_order_no = ''] = /serviceorder\/([^/]+)\/modify/.exec(url) ?? [];
      const attempts = startsOf(await stack.historyOf(out_order_no));
      const inTime = attempts.filter((start) => start <= at && at - start <= SEND_WITHIN_MS);
      assert.ok(inTime.length > 0, `sent at ${at}, of attempts at ${attempts.join()}`);
    }
  });
});

/** When a worker that is not this process took something that changes the order. */
function startsOf(events: Awaited<ReturnType<Stack['historyOf']>>): number[] {
  return events
    .map(({ eventTime, activityTaskStartedEventAttributes: start }) => ({ eventTime, start }))
    .filter(({ start }) => start && !start.identity?.startsWith(`${process.pid}@`))
    .map(({ eventTime }) => Number(eventTime?.seconds) * 1_000 + (eventTime?.nanos ?? 0) / 1e6);
}
