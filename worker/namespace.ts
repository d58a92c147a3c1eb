/** What a Temporal namespace needs before the first order: itself, and the search attributes. */
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { INDEXED } from '../temporal/indexed-value.ts';
import { msToTs } from '../temporal/sdk-internals.ts';
import { retentionMs } from '../temporal/retention.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/contract.ts';

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const KNOWN_WITHIN_MS = 20_000;
const DAY_MS = 24 * 3_600_000;

const ATTRIBUTES = Object.values(SEARCH_ATTRIBUTES);

/**
 * Registers what is missing; safe to repeat, and to run at once from two places. Where everything is there it only looks, which
 * takes no admin's rights: in Temporal Cloud nobody has them here. A namespace that is there keeps finished orders for longer
 * from now on, where it kept them for less; never for less.
 */
export async function prepareNamespace(
  connection: Connection,
  { namespace, retentionDays }: { namespace: string; retentionDays: number },
): Promise<void> {
  let kept = await retentionThere(connection, namespace);
  if (kept === undefined) {
    const registration = connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`),
    });
    await permitted(unlessThere(registration), `there is no namespace ${namespace}`);
    kept = await retentionKnown(connection, namespace);
  }
  if (kept < retentionDays * DAY_MS) {
    const change = connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(`${retentionDays} days`) },
    });
    await permitted(
      change,
      `the namespace ${namespace} keeps finished orders for less than TEMPORAL_RETENTION_DAYS, ${retentionDays}`,
    );
  }
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  const names = missing.map(({ name, type }) => `${name} (${type})`).join(', ');
  await permitted(
    registerSearchAttributes(connection, namespace, missing),
    `the namespace ${namespace} lacks the search attributes ${names}`,
  );
}

/** A workflow that reports an attribute which its namespace lacks comes to a halt. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  attributes = ATTRIBUTES,
): Promise<void> {
  for (const { name, type } of attributes) {
    const indexed = INDEXED[type];
    await unlessThere(
      connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: { [name]: indexed },
      }),
    );
  }
}

/** Its message is for people. */
export class NotPermittedError extends Error {
  override readonly name = 'NotPermittedError';
}

/** @throws {NotPermittedError} where it takes rights that we do not have: somebody who has them must do it, once */
async function permitted(change: Promise<unknown>, lack: string): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== PERMISSION_DENIED) throw error;
    throw new NotPermittedError(
      `Temporal does not let us change it, and ${lack}: set it right there.`,
      { cause: error },
    );
  }
}

/** Once every part of the server knows a new namespace: they look for new ones every few seconds. */
async function retentionKnown(connection: Connection, namespace: string): Promise<number> {
  const end = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      await connection.operatorService.listSearchAttributes({ namespace });
      return await retentionMs(connection, namespace);
    } catch (error) {
      if (!isNotFound(error) || Date.now() > end) throw error;
    }
    await delay(500);
  }
}

/** Undefined where there is no such namespace. */
async function retentionThere(
  connection: Connection,
  namespace: string,
): Promise<number | undefined> {
  try {
    return await retentionMs(connection, namespace);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === NOT_FOUND;
}

async function unlessThere(registration: Promise<unknown>): Promise<void> {
  try {
    await registration;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
  }
}
