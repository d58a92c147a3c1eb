/** What only the history of a run tells: with what it was opened, and which messages came that no worker took any more. */
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Temporal } from './client.ts';
import { hasBody, isSignedNotification } from '../payscore/message-shape.ts';
import { ASKED_OPERATIONS, leftBehind, type OperationRecord } from '../payscore/operation.ts';
import type { Opening, SignedNotification } from '../payscore/order.ts';
import { OPERATIONS, orderPaid } from '../workflows/contract.ts';

const { EventType } = proto.temporal.api.enums.v1;

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

export interface RunEvents {
  readonly opening: Opening;
  /** A worker has had it in hand. */
  readonly isSeen: boolean;
  /** What was asked of it, and not even heard. */
  readonly left: readonly OperationRecord[];
  readonly notifications: readonly SignedNotification[];
}

/** @throws whatever Temporal's client throws */
export async function runEvents(
  { client }: Temporal,
  { workflowId, runId }: WorkflowExecutionDescription,
): Promise<RunEvents> {
  let started: HistoryEvent | undefined;
  let isSeen = false;
  /** What came after the last task that a worker finished. */
  let tail: HistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      ...(nextPageToken && { nextPageToken }),
    });
    for (const event of page.history?.events ?? []) {
      started ??= event;
      tail.push(event);
      if (event.eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) continue;
      isSeen = true;
      tail = [];
    }
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);

  const read = async (input: Input): Promise<unknown> => {
    const [first] = await decodeArrayFromPayloads(
      client.options.loadedDataConverter,
      input?.payloads,
    );
    return first;
  };
  let nth = 0;
  const signals = await Promise.all(
    tail.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal
        ? [read(signal.input).then((sent) => ({ name: signal.signalName, sent, nth: nth++ }))]
        : [],
    ),
  );
  return {
    opening: (await read(started?.workflowExecutionStartedEventAttributes?.input)) as Opening,
    isSeen,
    left: signals.flatMap(({ name, sent, nth: it }) => requestIn(name, sent, it)),
    notifications: signals.flatMap(({ name, sent }) =>
      name === orderPaid.name && isSignedNotification(sent) ? [sent] : [],
    ),
  };
}

type Input = proto.temporal.api.common.v1.IPayloads | null | undefined;

function requestIn(name: string | null | undefined, sent: unknown, nth: number): OperationRecord[] {
  const operation = ASKED_OPERATIONS.find((it) => OPERATIONS[it].signal.name === name);
  if (!operation || !hasBody(operation, sent)) return [];
  const { key, digest = '', receivedAt = new Date(0).toISOString(), body } = sent;
  const { total_amount: total } = body as { readonly total_amount?: number };
  // Without a key nobody can ask after it, but a payment may cross it.
  const kept = { operation, key: key ?? `by-hand-${receivedAt}-${nth}`, digest, receivedAt, total };
  return [leftBehind({ ...kept, state: 'waiting' })];
}
