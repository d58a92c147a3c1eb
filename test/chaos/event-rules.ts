/** What business code is told by itself is whole, in order, and what it would read. */
import type { EventEvidence } from './event-evidence.ts';
import { grouped } from './grouped.ts';
import type { Delivery } from './receiver.ts';
import { FINAL } from './standing.ts';
import { isUntaken } from './waiting.ts';

export type EventRule = (evidence: EventEvidence) => readonly string[];

/** Beside the final ones: all that can be chosen are. */
const CHOSEN = ['authorizing', 'in_service', 'paying'];
const OF_PHASE = 'service_order.';
const OF_TROUBLE = `${OF_PHASE}trouble_`;

export const eventRules: Readonly<Record<string, EventRule>> = {
  'every event is delivered in the end': ({ isOver }) =>
    isOver ? [] : ['something is on its way still'],

  'an event is the same each time it comes': (evidence) =>
    [...grouped(lanesOf(evidence).flat(), ({ id }) => id)].flatMap(([id, attempts]) => {
      const told = new Set(attempts.map(essenceOf));
      return told.size === 1 ? [] : [`${id} came as ${[...told].join(' and as ')}`];
    }),

  'events come in the order of their numbers': (evidence) =>
    lanesOf(evidence).flatMap((lane) => {
      const told = firstOnes(lane);
      return told.flatMap(({ id, sequence }, index) => {
        const before = told[index - 1];
        if (!before || sequence > before.sequence) return [];
        return [`${sequence} (${id}) after ${before.sequence} (${before.id})`];
      });
    }),

  'no event is left out': (evidence) =>
    lanesOf(evidence).flatMap((lane) => {
      // What a run was about to tell that was ended from outside keeps its number.
      if (evidence.isInterrupted) return [];
      const numbers = firstOnes(lane).map(({ sequence }) => sequence);
      return numbers.every((number, index) => number === index + 1) ? [] : [numbers.join(' ')];
    }),

  'the phase that is read was told last': (evidence) => {
    const { read } = evidence;
    const { phase } = read.body ?? {};
    if (read.status !== 200 || isUntaken(read.body)) return [];
    if (![...FINAL, ...CHOSEN].includes(phase)) return [];
    const last = phasesOf(evidence).at(-1);
    const told = last && phaseIn(last);
    return told === phase ? [] : [`${phase} is read, ${told ?? 'nothing'} was told`];
  },

  'a phase in which an order ends is told once': (evidence) =>
    [...grouped(phasesOf(evidence), phaseIn)].flatMap(([phase, events]) =>
      FINAL.includes(phase) && events.length > 1
        ? [`${phase} was told ${events.length} times`]
        : [],
    ),

  'the troubles that were told are those that there are': (evidence) => {
    const { read } = evidence;
    if (read.status !== 200) return [];
    const open = openTroublesOf(evidence);
    const { phase, trouble } = read.body;
    // Of an order that is taken up: until WeChat Pay has told how it stands, that a trouble is over is told nobody.
    if (trouble === undefined && phase === 'creating') return [];
    if (trouble === undefined) return open.length === 0 ? [] : [`${open.join(', ')} did not end`];
    return open.includes(trouble) ? [] : [`${trouble} did not begin, only ${open.join(', ')}`];
  },

  'a trouble begins before it ends, and not twice': (evidence) =>
    [...grouped(troublesOf(evidence), ({ data }) => data.trouble as string)].flatMap(
      ([trouble, events]) => {
        const told = events.map(({ type }) => type.slice(OF_TROUBLE.length));
        const isInTurn = told.every((it, index) => it === (index % 2 === 0 ? 'began' : 'ended'));
        return isInTurn ? [] : [`${trouble}: ${told.join(', ')}`];
      },
    ),
};

/** Each by itself numbered. */
function lanesOf({ deliveries, refundDeliveries }: EventEvidence): Delivery[][] {
  const payments = grouped(refundDeliveries, ({ data }) => data.transaction_id as string);
  return [[...deliveries], ...payments.values()];
}

/** Of each event the first time that it came. */
export function firstOnes(deliveries: readonly Delivery[]): Delivery[] {
  return [...grouped(deliveries, ({ id }) => id).values()].map(([first]) => first!);
}

/** What was told of phases. */
export function phasesOf({ deliveries }: EventEvidence): Delivery[] {
  return firstOnes(deliveries).filter(
    ({ type }) => type.startsWith(OF_PHASE) && !type.startsWith(OF_TROUBLE),
  );
}

export function phaseIn({ type }: Delivery): string {
  return type.slice(OF_PHASE.length);
}

function troublesOf({ deliveries }: EventEvidence): Delivery[] {
  return firstOnes(deliveries).filter(({ type }) => type.startsWith(OF_TROUBLE));
}

function openTroublesOf(evidence: EventEvidence): string[] {
  const open = new Set<string>();
  for (const { type, data } of troublesOf(evidence)) {
    if (type.endsWith('began')) open.add(data.trouble);
    else open.delete(data.trouble);
  }
  return [...open];
}

function essenceOf({ type, sequence, timestamp, data }: Delivery): string {
  const { phase, trouble, refund } = data;
  return JSON.stringify([type, sequence, timestamp, phase, trouble, refund?.out_refund_no]);
}
