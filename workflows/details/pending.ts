/** What an order waits for, since when, and when it looks again. */
import { plain } from './markdown.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { LATE_ARRIVAL_MS } from '../../payscore/times/in-flight.ts';
import type { OperationRecord } from '../../payscore/order/operation.ts';
import type { Order } from '../../payscore/order/order.ts';
import { dueOperations } from '../../payscore/rules/due-operations.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import type { Words } from '../../words/en.ts';

/** One line for each thing; none of an order that has ended. */
export function waitsOf(order: Order, { waits }: Words): string[] {
  if (hasEnded(order)) return [];
  return [
    ...(order.phase === 'authorizing' ? userOf(order, waits) : []),
    ...dueOperations(order).map((record) => operationOf(order, record, waits)),
    ...(order.phase === 'paying' ? [waits.payment] : []),
  ];
}

function userOf({ authorizeUntil, invitation }: Order, waits: Words['waits']): string[] {
  return [
    ...(authorizeUntil === undefined ? [] : [waits.user(at(authorizeUntil))]),
    ...(invitation ? [waits.invitation(at(invitation.expires_at))] : []),
  ];
}

function operationOf(
  { createUntil, lateArrivalUntil, isToBeLookedUp }: Order,
  record: OperationRecord,
  waits: Words['waits'],
): string {
  const { operation, receivedAt, startedAt, state, progress = {} } = record;
  const { unknownSince, lastSentAt, chargingRefusals, isTaken } = progress;
  const sentences = [
    state === 'waiting'
      ? waits.itsTurn(operation, at(receivedAt))
      : waits.underWay(operation, at(receivedAt), at(startedAt ?? receivedAt)),
  ];
  if (unknownSince !== undefined) {
    sentences.push(waits.unknown(at(unknownSince)));
    if (lastSentAt !== undefined) {
      const proven = new Date(Date.parse(lastSentAt) + LATE_ARRIVAL_MS).toISOString();
      sentences.push(waits.mayArrive(at(proven)));
    }
  }
  if (isToBeLookedUp) sentences.push(waits.lookUp);
  if (isTaken) sentences.push(waits.taken);
  if (chargingRefusals !== undefined) sentences.push(waits.charging(chargingRefusals));
  if (operation === 'create' && createUntil !== undefined) {
    sentences.push(waits.givenUp(at(createUntil)));
  }
  if (operation === 'modify' && lateArrivalUntil !== undefined) {
    sentences.push(waits.notBefore(at(lateArrivalUntil)));
  }
  return sentences.join(waits.space);
}

/** A person can write any time into a message, and nothing that is only shown may stop an order. */
function at(time: string): string {
  const isUsual = Math.abs(Date.parse(time)) < Date.parse('9999-01-01');
  return isUsual ? rfc3339Of(new Date(time)) : plain(time);
}
