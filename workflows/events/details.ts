/** A lane of events as the web UI's current details show it. */
import { plain, term } from '../details/markdown.ts';
import type { BusinessEvent } from '../../payscore/events/event.ts';
import type { EventQueue } from '../../payscore/events/queue.ts';

const SHOWN = 10;

export function detailsOf({ waiting, delivered, parkedSince, why }: EventQueue): string {
  const [first] = waiting;
  return [
    parkedSince === undefined
      ? `Events on their way to business code: ${waiting.length} wait, the last ${delivered.length} that were delivered are kept.`
      : `### undelivered\n\nNobody has taken the first event for three days, and ${waiting.length} wait. It is parked since ${parkedSince}.`,
    ...(why !== undefined && parkedSince !== undefined ? [`It ended with: ${plain(why)}`] : []),
    `**What to do now:** ${
      parkedSince === undefined || !first
        ? 'nothing. See _Pending Activities_ for what the receiver answers; what it does not take is sent again, ever more rarely.'
        : `mend the receiver at \`EVENTS_URL\`, then \`POST /v1/events/${first.id}/resend\`, which tries from the first. The next event of this lane does so as well.`
    }`,
    ...listed('Waiting, the first is being sent', waiting.slice(0, SHOWN)),
    ...listed('Delivered last', delivered.slice(-SHOWN)),
    '_Terminate_ loses what waits: business code would have to ask for how things stand.',
  ].join('\n\n');
}

function listed(title: string, events: readonly BusinessEvent[]): string[] {
  if (events.length === 0) return [];
  return [[`**${title}**`, '', ...events.map(lineOf)].join('\n')];
}

function lineOf({ id, type, at, sequence }: BusinessEvent): string {
  return `- ${sequence}: ${term(type)} at ${at}, ${term(id)}`;
}
