/**
 * `npm run bench:payments`: how fast the payments of a day are read from Temporal's visibility, over 2,000 workflows that
 * really ran and ended. On the development server, so that it says what the paging costs, not what a cluster can do.
 */
import { EN } from '../words/en.ts';
import { Client, Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { startTemporal } from '../local/servers/temporal-server.ts';
import { spanOf } from '../payscore/times/bill-date.ts';
import { paymentsBetween } from '../temporal/payments.ts';
import { prepareNamespace } from '../worker/namespace.ts';
import { SEARCH_ATTRIBUTES, SERVICE_ORDER, workflowIdOf } from '../workflows/contract.ts';

const ORDERS = 2_000;
const AT_ONCE = 50;
const ROUNDS = 5;
const BILL_DATE = '2026-10-01';
const TASK_QUEUE = 'bench-payments';
const MCHID = '1900000109';

const server = await startTemporal();
try {
  await run();
} finally {
  await server.stop();
}

async function run(): Promise<void> {
  const { address } = server;
  const connection = await Connection.connect({ address });
  await prepareNamespace(connection, { namespace: 'default', retentionDays: 1 });
  const client = new Client({ connection });
  await endedOrders(client, address);

  const temporal = { client, taskQueue: TASK_QUEUE, mchid: MCHID, words: EN };
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    let count = 0;
    for await (const page of paymentsBetween(temporal, spanOf(BILL_DATE))) count += page.length;
    if (count !== ORDERS) throw new Error(`${count} payments are listed, not ${ORDERS}`);
    rates.push((count * 1000) / (performance.now() - begin));
  }
  const median = rates.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  console.log(
    `${ORDERS} payments read from visibility: ${median.toFixed(0)}/s, median of ${ROUNDS} rounds`,
  );
  await connection.close();
}

/** Each shows what a paid order shows. */
async function endedOrders(client: Client, address: string): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: TASK_QUEUE,
    workflowsPath: new URL('payments/ended-order.ts', import.meta.url).pathname,
  });
  await worker.runUntil(async () => {
    const numbers = Array.from({ length: ORDERS }, (_, index) => `N${index}`);
    for (let from = 0; from < ORDERS; from += AT_ONCE) {
      await Promise.all(numbers.slice(from, from + AT_ONCE).map((number) => ended(client, number)));
    }
    // Visibility lags behind.
    while ((await client.workflow.count(`ExecutionStatus = 'Completed'`)).count < ORDERS);
  });
  await connection.close();
}

async function ended(client: Client, out_order_no: string): Promise<void> {
  const { paidAt, paidAmount, transactionId } = SEARCH_ATTRIBUTES;
  await client.workflow.execute(SERVICE_ORDER, {
    workflowId: workflowIdOf(MCHID, out_order_no),
    taskQueue: TASK_QUEUE,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: paidAt, value: new Date(`${BILL_DATE}T12:00:00+08:00`) },
      { key: paidAmount, value: 500 },
      { key: transactionId, value: `42${out_order_no}` },
    ]),
  });
}
