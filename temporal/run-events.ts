/** What only the history of a run tells: with what it was opened, and which messages came that no worker took any more. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import proto from '@temporalio/proto';
import { decodeArrayFromPayloads } from './sdk-internals.ts';
import type { Temporal } from './client.ts';
import { hasBody, isSignedNotification } from '../payscore/order/message-shape.ts';
import { leftBehind, type OperationRecord } from '../payscore/order/operation.ts';
import { ASKED_OPERATIONS } from '../payscore/order/operation-name.ts';
import type { Opening, SignedNotification } from '../payscore/order/opening.ts';
import { OPERATIONS, orderPaid, type Carried } from '../workflows/contract.ts';

const { EventType } = proto.temporal.api.enums.v1;

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

export interface RunEvents {
  readonly opening: Opening;
  /** The whole order, where the run goes on with one of before. */
  readonly carried: Carried | undefined;
  /** A worker has had it in hand. */
  readonly isSeen: boolean;
  /** What was asked of it, and not even taken in. */
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

  const read = async (input: Input): Promise<unknown[]> =>
    await decodeArrayFromPayloads(client.options.loadedDataConverter, input?.payloads);
  const messages = await Promise.all(
    tail.flatMap((event) => {
      const message = messageIn(event);
      return message ? [read(message.input).then(([sent]) => ({ ...message, sent }))] : [];
    }),
  );
  const [opening, carried] = await read(started?.workflowExecutionStartedEventAttributes?.input);
  return {
    opening: opening as Opening,
    carried: carried as Carried | undefined,
    isSeen,
    left: messages.flatMap(requestIn),
    notifications: messages.flatMap(({ name, sent }) =>
      name === orderPaid.name && isSignedNotification(sent) ? [sent] : [],
    ),
  };
}

/** With what a run was opened: its first event alone. @throws whatever Temporal's client throws */
export async function openingOf(
  { client }: Pick<Temporal, 'client'>,
  { workflowId, runId }: Pick<WorkflowExecutionDescription, 'workflowId' | 'runId'>,
): Promise<Opening> {
  const { namespace, loadedDataConverter } = client.options;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    ...{ namespace, execution: { workflowId, runId }, maximumPageSize: 1 },
  });
  const input = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input;
  const [opening] = await decodeArrayFromPayloads(loadedDataConverter, input?.payloads);
  return opening as Opening;
}

type Input = proto.temporal.api.common.v1.IPayloads | null | undefined;

interface Message {
  readonly name: string;
  readonly input: Input;
  /** RFC 3339. */
  readonly at: string;
}

/** A signal, or an update that Temporal hands over once more after a reset. */
function messageIn(event: HistoryEvent): Message | undefined {
  const signal = event.workflowExecutionSignaledEventAttributes;
  const update = event.workflowExecutionUpdateAdmittedEventAttributes?.request?.input;
  const { seconds = 0 } = event.eventTime ?? {};
  const at = new Date(Number(seconds) * 1_000).toISOString();
  if (signal) return { name: signal.signalName ?? '', input: signal.input, at };
  return update ? { name: update.name ?? '', input: update.args, at } : undefined;
}

function requestIn({ name, at, sent }: Message & { readonly sent: unknown }): OperationRecord[] {
  const operation = ASKED_OPERATIONS.find((it) =>
    [OPERATIONS[it].signal.name, OPERATIONS[it].update.name].includes(name),
  );
  if (!operation || !hasBody(operation, sent)) return [];
  // Without a key nobody can ask after it, but a payment may cross it.
  const { key = `by-hand-${operation}-${at}`, digest = '', receivedAt = at, by, body } = sent;
  const { total_amount: total } = body as { readonly total_amount?: number };
  const whose = by === undefined ? {} : { by };
  return [leftBehind({ operation, key, digest, receivedAt, ...whose, total, state: 'waiting' })];
}
