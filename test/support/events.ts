/** Histories in words. */
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

type Event = proto.temporal.api.history.v1.IHistoryEvent;

/** The types of events in their order, without the workflow tasks between them. */
export function happened(events: readonly Event[]): string[] {
  return events
    .map(({ eventType }) => EventType[eventType ?? 0]?.replace('EVENT_TYPE_', '') ?? '')
    .filter((name) => !name.startsWith('WORKFLOW_TASK_'));
}

/** What stands in a history, or in a part of it, as JSON, together with all that its payloads hold. */
export function written(history: string): string {
  const payloads = history.match(/(?<="data": ?")[^"]+/g) ?? [];
  return [history, ...payloads.map((data) => Buffer.from(data, 'base64').toString())].join('\n');
}
