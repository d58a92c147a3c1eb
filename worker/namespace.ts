/** What a Temporal namespace needs before the first order: itself, and the search attributes. */
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { retentionMs } from '../temporal/retention.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/contract.ts';

const ALREADY_EXISTS = 6;
const DAY_MS = 24 * 3_600_000;

const { IndexedValueType } = proto.temporal.api.enums.v1;
const INDEXED = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/**
 * Registers what is missing; safe to repeat, and to run at once from two places. A namespace that is there keeps finished
 * orders for longer from now on, where it kept them for less; never for less.
 */
export async function prepareNamespace(
  connection: Connection,
  { namespace, retentionDays }: { namespace: string; retentionDays: number },
): Promise<void> {
  await unlessThere(
    connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`),
    }),
  );
  if ((await retentionMs(connection, namespace)) < retentionDays * DAY_MS) {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(`${retentionDays} days`) },
    });
  }
  await registerSearchAttributes(connection, namespace);
}

/** A workflow that reports an attribute which its namespace lacks comes to a halt. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<void> {
  for (const { name, type } of Object.values(SEARCH_ATTRIBUTES)) {
    const indexed = INDEXED[type];
    await unlessThere(
      connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: { [name]: indexed },
      }),
    );
  }
}

async function unlessThere(registration: Promise<unknown>): Promise<void> {
  try {
    await registration;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
  }
}
