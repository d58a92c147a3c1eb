/**
 * Signals an order so that Temporal takes a message once, however often it is repeated byte by byte: within the 300 s of its signature
 * anybody who has seen one can send it again. By its signature and not by the notification's id, because Temporal says yes to a
 * request that it knows even where the run has closed: WeChat signs each delivery anew, and that one must find a run.
 */
import { createHash } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { encodeToPayloads } from './sdk-internals.ts';
import type { Temporal } from './client.ts';
import { isNotFound } from './errors.ts';
import { workflowIdOf } from '../workflows/contract.ts';

/**
 * @throws {WorkflowNotFoundError} no run takes messages under this number
 */
export async function signalOnce<T>(
  temporal: Temporal,
  out_order_no: string,
  signal: SignalDefinition<[T]>,
  message: Message<T>,
): Promise<void> {
  const workflowId = workflowIdOf(temporal.mchid, out_order_no);
  await signalOnceTo(temporal, workflowId, signal, message);
}

interface Message<T> {
  readonly argument: T;
  /** The verified `Wechatpay-Signature`, which is spelt in one way only. */
  readonly signature: string;
}

/** The same to any run of ours. @throws {WorkflowNotFoundError} none takes messages under this id */
export async function signalOnceTo<T>(
  { client }: Pick<Temporal, 'client'>,
  workflowId: string,
  { name }: SignalDefinition<[T]>,
  { argument, signature }: Message<T>,
): Promise<void> {
  const { namespace, identity, loadedDataConverter } = client.options;
  try {
    await client.workflowService.signalWorkflowExecution({
      namespace,
      identity,
      workflowExecution: { workflowId },
      signalName: name,
      input: { payloads: (await encodeToPayloads(loadedDataConverter, argument)) ?? null },
      requestId: createHash('sha256').update(signature).digest('hex'),
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new WorkflowNotFoundError('no run takes messages under this id', workflowId, undefined);
  }
}
