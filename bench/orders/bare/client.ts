/** The program that plays business code and WeChat for bare workflows: so many of them, so many at once, whenever it is told. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { manyAtOnce } from '../../at-once.ts';
import { SERVICE_MS } from '../service.ts';
import { bareOrder, completed, opened, paid } from './workflow.ts';

export interface Told {
  readonly total: number;
  readonly atOnce: number;
}

/** Each message has a workflow task of its own, as an order's have. */
const BETWEEN_MS = 200;

const [address = '', taskQueue = ''] = process.argv.slice(2);
const connection = await Connection.connect({ address });
const client = new Client({ connection });
let count = 0;

process.on('message', ({ total, atOnce }: Told) => {
  void manyAtOnce(total, atOnce, carry).then(() => process.send?.('done'));
});
process.on('disconnect', () => void connection.close());
process.send?.('ready');

async function carry(): Promise<void> {
  const workflowId = `bare/${process.pid}/${count++}`;
  const startWorkflowOperation = new WithStartWorkflowOperation(bareOrder, {
    ...{ workflowId, taskQueue },
    workflowIdConflictPolicy: 'FAIL',
  });
  await client.workflow.executeUpdateWithStart(opened, { startWorkflowOperation });
  await delay(SERVICE_MS);
  const run = client.workflow.getHandle(workflowId);
  await run.signal(completed);
  await delay(BETWEEN_MS);
  await run.signal(paid);
  await run.result();
}
