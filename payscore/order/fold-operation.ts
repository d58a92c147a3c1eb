/** How an order changes by what is asked of it and by what becomes of that. */
import { LATE_ARRIVAL_MS } from '../times/in-flight.ts';
import { isPending, type OperationRecord } from './operation.ts';
import type { Order } from './order.ts';
import type { EventOf } from './event.ts';
import { isFinal } from '../rules/phase.ts';
import { isNotSetUp, type Refusal } from '../refusals/refusal.ts';
import { saidIn } from './timeline.ts';
import type { Note } from './note.ts';
import { withTrouble, type Trouble } from '../rules/trouble.ts';

/** So many keys are known, across runs; one of before is new again. */
const CONCLUDED_LIMIT = 100;

export function recordOf(order: Order, key: string): OperationRecord | undefined {
  return order.operations.find((record) => record.key === key);
}

/** The operations with one of them changed, as long as its outcome is not known: that is told once, and stays. */
export function withRecord(
  { operations }: Order,
  key: string,
  change: Partial<OperationRecord>,
): readonly OperationRecord[] {
  return operations.map((record) =>
    record.key === key && isPending(record)
      ? ({ ...record, ...change } as OperationRecord)
      : record,
  );
}

/** What an earlier run had left behind under the key is asked for anew. */
export function foldRequest(order: Order, { record }: EventOf<'asked'>, note: Note): Order {
  const known = recordOf(order, record.key);
  if (known && known.state !== 'left_behind') return order;
  const { operation, total, by } = record;
  const others = order.operations.filter((it) => it !== known);
  const whatOfIt = { ...(total !== undefined && { total }), ...(by !== undefined && { by }) };
  const asked = { code: 'asked_for', operation, ...whatOfIt } as const;
  return note(asked, { operations: trimmed([...others, record]) });
}

export function foldConclusion(order: Order, event: EventOf<'concluded'>, note: Note): Order {
  const { key, outcome } = event;
  const record = recordOf(order, key);
  if (!record || !isPending(record)) return order;
  const { operation } = record;
  const isAsked = operation !== 'create' && operation !== 'adopt';
  const change: Partial<Order> = {
    operations: order.operations.map((it) => (it === record ? concluded(record, outcome) : it)),
    ...lateArrivalOf(record),
    unresolved: undefined,
  };
  const isMissed = isAsked && event.unattended;
  switch (outcome.kind) {
    case 'done': {
      const remove: Trouble[] = isAsked ? ['unresolved', 'operation_refused'] : ['unresolved'];
      // What was found to be there already was agreed before, or has been lowered since.
      const isAgreed = record.state === 'running' && record.total !== undefined;
      const agreed = isAgreed ? { agreedTotal: record.total } : {};
      return { ...order, ...change, ...agreed, troubles: withTrouble(order.troubles, { remove }) };
    }
    case 'not_allowed': {
      const troubles = withTrouble(order.troubles, {
        remove: ['unresolved'],
        add: isMissed ? 'operation_refused' : undefined,
      });
      const because = outcome.rule;
      return note({ code: 'not_carried_out', operation, because }, { ...change, troubles });
    }
    case 'refused': {
      const { refusal } = outcome;
      return note(
        { code: 'refused', operation, refusal: saidIn(refusal) },
        {
          ...change,
          troubles: withTrouble(order.troubles, { remove: ['unresolved'] }),
          ...(!isFinal(order.phase) && effectOfRefusal(order, record, refusal, isMissed)),
        },
      );
    }
  }
}

function effectOfRefusal(
  order: Order,
  { operation }: OperationRecord,
  refusal: Refusal,
  isMissed: boolean,
): Partial<Order> {
  const lastRefusal = { ...refusal, operation };
  if (operation === 'create') {
    // What an operation is refused for is not said of an order that exists all the same.
    if (order.phase !== 'creating') return {};
    const because = { code: 'creation_refused', message: refusal.message } as const;
    const explanation = { code: 'nothing_created', because } as const;
    // WeChat has answered, so it takes our calls, and nothing is left to find out.
    const troubles = withTrouble(order.troubles, { remove: ['unresolved', 'misconfigured'] });
    return { phase: 'rejected', lastRefusal, explanation, troubles };
  }
  const isOurs = isNotSetUp(refusal);
  const missed = withTrouble(order.troubles, {
    remove: ['unresolved'],
    add: isMissed ? 'operation_refused' : undefined,
  });
  const troubles = isOurs ? withTrouble(missed, { add: 'misconfigured' }) : missed;
  return { lastRefusal, troubles };
}

/** Of what is concluded, only what compares it with a repetition is kept. */
function concluded(
  record: OperationRecord,
  { kind: state, ...detail }: EventOf<'concluded'>['outcome'],
): OperationRecord {
  const { operation, key, digest, receivedAt, by, total } = record;
  return {
    ...{ operation, key, digest, receivedAt },
    ...(by !== undefined && { by }),
    ...(total !== undefined && { total }),
    ...{ state, ...detail },
  };
}

/** A correction that had to be sent more than once may arrive once more, and undo a later one. */
function lateArrivalOf({ operation, progress }: OperationRecord): Partial<Order> {
  const { unknownSince, lastSentAt } = progress ?? {};
  if (operation !== 'modify' || unknownSince === undefined || lastSentAt === undefined) return {};
  return { lateArrivalUntil: new Date(Date.parse(lastSentAt) + LATE_ARRIVAL_MS).toISOString() };
}

/** What is still to be done stays, of what is concluded the latest. */
function trimmed(records: readonly OperationRecord[]): readonly OperationRecord[] {
  const past = records.filter((it) => !isPending(it));
  const surplus = new Set(past.slice(0, Math.max(0, past.length - CONCLUDED_LIMIT)));
  return surplus.size === 0 ? records : records.filter((it) => !surplus.has(it));
}
