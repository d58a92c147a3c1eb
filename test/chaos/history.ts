/** What a run's history says: failures of its tasks, what it waits for, when it learned of which message. */
import proto from '@temporalio/proto';

const { WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

type Event = proto.temporal.api.history.v1.IHistoryEvent;

export interface RunFacts {
  readonly runId: string;
  /** RUNNING, COMPLETED, … */
  readonly status: string;
  /** In ms; for ever, while it goes on. */
  readonly startedAt: number;
  readonly closedAt: number;
  readonly taskFailures: readonly string[];
  /** When timers that run now will fire, in ms. */
  readonly timers: readonly number[];
  readonly activities: readonly PendingActivity[];
  readonly messages: readonly Message[];
  readonly questions: readonly Question[];
  /** The event by which the run first heard of a settled order; undefined where it did not. */
  readonly settledAt: number | undefined;
  /** The type of the failure by which it ended. */
  readonly failure?: string | undefined;
  readonly searchAttributes: Readonly<Record<string, unknown>>;
}

export interface PendingActivity {
  readonly name: string;
  readonly attempt: number;
  readonly lastFailure: string;
}

/** A request that reached the run. */
export interface Message {
  readonly kind: 'update' | 'signal';
  /** `cancel/<key>/…` of an update, the key of a signal. */
  readonly id: string;
  readonly acceptedAt: number;
  readonly concludedAt: number | undefined;
}

/**
 * Business code, whose user waits, wanted to know how the order stands: from when to when that was looked into, in ms. Only
 * where WeChat Pay does not tell when users authorise: where it does, that decides.
 */
export interface Question {
  readonly from: number;
  readonly until: number;
}

export type HistoryFacts = Pick<
  RunFacts,
  'taskFailures' | 'timers' | 'messages' | 'questions' | 'settledAt' | 'failure'
>;

export function factsOf(events: readonly Event[]): HistoryFacts {
  const taskFailures: string[] = [];
  const timers = new Map<string, number>();
  const accepted = new Map<string, { id: string; acceptedAt: number }>();
  const concluded = new Map<string, number>();
  const signals: Message[] = [];
  const questions = createQuestions();
  let settledAt: number | undefined;

  for (const event of events) {
    const eventId = Number(event.eventId);
    const failed = event.workflowTaskFailedEventAttributes;
    if (failed) taskFailures.push(WorkflowTaskFailedCause[failed.cause ?? 0] ?? 'unknown');

    const started = event.timerStartedEventAttributes;
    if (started) {
      const duration = Number(started.startToFireTimeout?.seconds ?? 0);
      timers.set(started.timerId ?? '', (Number(event.eventTime?.seconds) + duration) * 1_000);
    }
    const over = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (over) timers.delete(over.timerId ?? '');

    const update = event.workflowExecutionUpdateAcceptedEventAttributes;
    // A run that was taken back has the request in an event of its own.
    const id = update?.acceptedRequest?.meta?.updateId ?? update?.protocolInstanceId;
    if (typeof id === 'string') accepted.set(id, { id, acceptedAt: eventId });
    const done = event.workflowExecutionUpdateCompletedEventAttributes?.meta?.updateId;
    if (typeof done === 'string') concluded.set(done, eventId);

    questions.take(event);
    const signal = event.workflowExecutionSignaledEventAttributes;
    const result = event.activityTaskCompletedEventAttributes?.result ?? signal?.input;
    const said = result?.payloads?.map(contentOf) ?? [];
    if (said.some(isSettled)) settledAt ??= eventId;
    if (signal && typeof said[0]?.key === 'string') {
      const message = { id: said[0].key, acceptedAt: eventId, concludedAt: undefined };
      signals.push({ kind: 'signal', ...message });
    }
  }
  const updates = [...accepted.values()].map((it): Message => ({
    kind: 'update',
    ...it,
    concludedAt: concluded.get(it.id),
  }));
  return {
    taskFailures,
    timers: [...timers.values()],
    messages: [...updates, ...signals],
    questions: questions.all(),
    settledAt,
    failure: failureOf(events.at(-1)),
  };
}

/** A message is answered by what WeChat Pay is asked after it. */
function createQuestions() {
  const asked: { id: number; from: number; until: number }[] = [];
  const looks = new Set<number>();
  let isTimeTold = false;

  return { take, all: (): Question[] => (isTimeTold ? [] : asked) };

  function take(event: Event): void {
    const id = Number(event.eventId);
    if (messageIn(event)?.isUserBack === true) {
      asked.push({ id, from: timeOf(event), until: Infinity });
    }
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name === 'getPermission') looks.add(id);
    const look = event.activityTaskCompletedEventAttributes;
    if (!look || !looks.has(Number(look.scheduledEventId))) return;
    const said = look.result?.payloads?.map(contentOf)[0];
    if (said?.authorization_success_time !== undefined) isTimeTold = true;
    for (const it of asked) {
      if (it.id < Number(look.scheduledEventId)) it.until = Math.min(it.until, timeOf(event));
    }
  }
}

function messageIn(event: Event): any {
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args;
  const signal = event.workflowExecutionSignaledEventAttributes?.input;
  return (update ?? signal)?.payloads?.map(contentOf)[0];
}

function timeOf({ eventTime }: Event): number {
  return Number(eventTime?.seconds) * 1_000 + Number(eventTime?.nanos) / 1e6;
}

function failureOf(last: Event | undefined): string | undefined {
  const { failure } = last?.workflowExecutionFailedEventAttributes ?? {};
  return failure?.applicationFailureInfo?.type ?? failure?.message ?? undefined;
}

/** Not by a message that contradicts itself. */
function isSettled(said: any): boolean {
  return said?.state === 'DONE' && said.collection?.state !== 'USER_PAYING';
}

function contentOf({ data }: proto.temporal.api.common.v1.IPayload): any {
  try {
    return JSON.parse(Buffer.from(data ?? []).toString());
  } catch {
    return undefined;
  }
}
