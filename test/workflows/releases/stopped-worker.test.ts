/** A worker that was stopped for a while has calls in hand that the orders have given up: WeChat must not take them for new ones. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { SEND_WITHIN_MS } from '../../../payscore/times/in-flight.ts';
import { eventually } from '../../support/eventually.ts';
import { correction } from '../../support/orders.ts';
import { paying, shown } from '../../support/play.ts';
import { steadyPort } from '../../support/port.ts';
import { startBuilt, wechatpayVariables, type Program } from '../../support/program.ts';
import type { Stack } from '../../support/stack.ts';
import { useSigningStack } from '../../support/stage.ts';

const ORDERS = 6;
/** Longer than a call may wait to be sent, and shorter than a worker's poll of Temporal lives. */
const STOPPED_MS = SEND_WITHIN_MS + 8_000;
const ASYNC = { prefer: 'respond-async' };

describe('a worker that is stopped for half a minute', () => {
  const signing = useSigningStack();
  const { stage } = signing;
  /** The corrections that it sent, and the stamps of their signatures. */
  const sent: { url: string; stampMs: number }[] = [];
  const way = createServer((asked, answering) => {
    const [, stamp] = /timestamp="(\d+)"/.exec(asked.headers.authorization ?? '') ?? [];
    if (asked.url?.endsWith('/modify'))
      sent.push({ url: asked.url, stampMs: Number(stamp) * 1_000 });
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

  it('sends nothing of what it had in hand, or stamps it as of when it had to be sent', async () => {
    const { stack } = stage;
    const orders = await Promise.all(Array.from({ length: ORDERS }, () => paying(stack)));
    stopped.kill('SIGSTOP');
    sent.length = 0;
    await Promise.all(
      orders.map(({ out_order_no }) => stack.api.modify(out_order_no, correction(300), ASYNC)),
    );
    await delay(STOPPED_MS);
    stopped.kill('SIGCONT');
    for (const { out_order_no } of orders) {
      await shown(stack, out_order_no, { total_amount: 300 }, 90_000);
    }
    let tasks = 0;
    for (const { out_order_no } of orders) {
      const starts = startsOf(await stack.historyOf(out_order_no));
      const stamps = sent
        .filter(({ url }) => url.includes(out_order_no))
        .map(({ stampMs }) => stampMs);
      for (const stamp of stamps) {
        const due = starts.filter((start) => start + SEND_WITHIN_MS >= stamp);
        const stamped = stamps.filter((other) => other >= stamp);
        assert.ok(due.length >= stamped.length, `${stamps.join()} of ${starts.join()}`);
      }
      tasks += starts.length;
    }
    assert.ok(tasks > 0, 'it had nothing in hand');
  });
});

/** When a worker that is not this process took a correction. */
function startsOf(events: Awaited<ReturnType<Stack['historyOf']>>): number[] {
  const ids = events
    .filter((event) => {
      const { activityType } = event.activityTaskScheduledEventAttributes ?? {};
      return activityType?.name === 'modifyServiceOrder';
    })
    .map(({ eventId }) => String(eventId));
  return events
    .filter(({ activityTaskStartedEventAttributes: start }) => {
      const isElsewhere = !start?.identity?.startsWith(`${process.pid}@`);
      return isElsewhere && ids.includes(String(start?.scheduledEventId));
    })
    .map(({ eventTime }) => Number(eventTime?.seconds) * 1_000 + (eventTime?.nanos ?? 0) / 1e6);
}
