/** A lane of events as the web UI's current details show it. */
import { plain, term } from '../details/markdown.ts';
import type { BusinessEvent } from '../../payscore/events/event.ts';
import type { EventQueue } from '../../payscore/events/queue.ts';
import type { Words } from '../../words/en.ts';

const SHOWN = 10;

export function detailsOf(queue: EventQueue, { events: say, order }: Words): string {
  const { waiting, delivered, parkedSince, why } = queue;
  const [first] = waiting;
  const isParked = parkedSince !== undefined;
  return [
    isParked
      ? `### undelivered\n\n${say.parked(waiting.length, parkedSince)}`
      : say.onTheirWay(waiting.length, delivered.length),
    ...(why !== undefined && isParked ? [say.endedWith(plain(why))] : []),
    `**${order.toDoNow}** ${isParked && first ? say.mend(first.id) : say.nothing}`,
    ...listed(say.waiting, waiting.slice(0, SHOWN), say),
    ...listed(say.delivered, delivered.slice(-SHOWN), say),
    say.terminate,
  ].join('\n\n');
}

function listed(
  title: string,
  events: readonly BusinessEvent[],
  { line }: Words['events'],
): string[] {
  if (events.length === 0) return [];
  const lines = events.map(
    ({ id, type, at, sequence }) => `- ${line(sequence, term(type), at, term(id))}`,
  );
  return [[`**${title}**`, '', ...lines].join('\n')];
}
