/** Which codec keys are still needed, as the search attributes of runs tell. */
import type { Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

/**
 * A key under which an order of this task queue was begun that still goes on, and that is none of these. Without it, its order
 * cannot be read: each of its tasks would fail, and be tried again.
 *
 * @returns its id; undefined where there is none
 */
export async function missingKeyId(
  client: Client,
  taskQueue: string,
  keyIds: readonly string[],
): Promise<string | undefined> {
  const { name } = SEARCH_ATTRIBUTES.codecKey;
  const isOther = keyIds.length === 0 ? [] : [`${name} NOT IN (${keyIds.map(quoted).join(', ')})`];
  const query = [
    `TaskQueue = ${quoted(taskQueue)}`,
    `ExecutionStatus = 'Running'`,
    `${name} IS NOT NULL`,
    ...isOther,
  ].join(' AND ');
  const { namespace } = client.options;
  const { executions } = await client.workflowService.listWorkflowExecutions({
    ...{ namespace, query, pageSize: 1 },
  });
  const [payload] = executions.map(
    ({ searchAttributes }) => searchAttributes?.indexedFields?.[name]?.data,
  );
  return payload ? String(JSON.parse(Buffer.from(payload).toString())) : undefined;
}

/** How many orders that Temporal still has, ended ones included, were begun under this key. */
export async function ordersUnder(
  client: Client,
  taskQueue: string,
  keyId: string,
): Promise<number> {
  const { name } = SEARCH_ATTRIBUTES.codecKey;
  const { count } = await client.workflow.count(
    `TaskQueue = ${quoted(taskQueue)} AND ${name} = ${quoted(keyId)}`,
  );
  return count;
}

/** Runs that go on and tell no key: reconciliations and other short ones, and orders that were begun in clear. */
export async function runsWithoutKey(client: Client, taskQueue: string): Promise<number> {
  const { count } = await client.workflow.count(
    `TaskQueue = ${quoted(taskQueue)} AND ExecutionStatus = 'Running' AND ${SEARCH_ATTRIBUTES.codecKey.name} IS NULL`,
  );
  return count;
}

function quoted(value: string): string {
  return `'${value}'`;
}
