/** What an order waits for, since when, and when it looks again. */
import { plain } from './markdown.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { LATE_ARRIVAL_MS } from '../../payscore/times/in-flight.ts';
import type { OperationRecord } from '../../payscore/order/operation.ts';
import type { Order } from '../../payscore/order/order.ts';
import { dueOperations } from '../../payscore/rules/due-operations.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';

/** One line for each thing; none of an order that has ended. */
export function waitsOf(order: Order): string[] {
  if (hasEnded(order)) return [];
  const isInvited = order.phase === 'authorizing';
  return [
    ...(isInvited ? userOf(order) : []),
    ...dueOperations(order).map((record) => operationOf(order, record)),
    ...(order.phase === 'paying'
      ? [
          'The payment: by WeChat Pay’s callback, or when the pending timer or activity has WeChat asked; it says when.',
        ]
      : []),
  ];
}

function userOf({ authorizeUntil, invitation }: Order): string[] {
  return [
    ...(authorizeUntil === undefined
      ? []
      : [
          `The user, until ${at(authorizeUntil)}: without an authorization by then it ends \`unauthorized\`.`,
        ]),
    ...(invitation
      ? [
          `The invitation that business code has for them opens WeChat’s page until ${at(invitation.expires_at)}. A notification of WeChat Pay leads on, or the pending activity, which looks ever more rarely.`,
        ]
      : []),
  ];
}

function operationOf(
  { createUntil, lateArrivalUntil, isToBeLookedUp }: Order,
  record: OperationRecord,
): string {
  const { operation, receivedAt, startedAt, state, progress = {} } = record;
  const { unknownSince, lastSentAt, chargingRefusals, isTaken } = progress;
  const sentences = [
    `\`${operation}\`, asked for ${at(receivedAt)}: ${state === 'waiting' ? 'waits for its turn' : `under way since ${at(startedAt ?? receivedAt)}`}.`,
  ];
  if (unknownSince !== undefined) {
    sentences.push(
      `**Its outcome is unknown** since ${at(unknownSince)}: WeChat Pay is asked, and the same is sent again only when it was not done.`,
    );
    if (lastSentAt !== undefined) {
      const proven = new Date(Date.parse(lastSentAt) + LATE_ARRIVAL_MS).toISOString();
      sentences.push(
        `What was sent last can arrive until ${at(proven)}; no refusal is believed before.`,
      );
    }
  }
  if (isToBeLookedUp) sentences.push('Before it, WeChat Pay must tell how the order stands.');
  if (isTaken) sentences.push('WeChat Pay has said yes, and its account does not show it yet.');
  if (chargingRefusals !== undefined) {
    sentences.push(
      `WeChat Pay is charging at this very moment: the same again every 3 minutes, ${chargingRefusals} of 10 times so far.`,
    );
  }
  if (operation === 'create' && createUntil !== undefined) {
    sentences.push(`Given up when it is not known to exist by ${at(createUntil)}.`);
  }
  if (operation === 'modify' && lateArrivalUntil !== undefined) {
    sentences.push(
      `Not sent before ${at(lateArrivalUntil)}: until then an earlier correction may still arrive.`,
    );
  }
  return sentences.join(' ');
}

/** A person can write any time into a message, and nothing that is only shown may stop an order. */
function at(time: string): string {
  const isUsual = Math.abs(Date.parse(time)) < Date.parse('9999-01-01');
  return isUsual ? rfc3339Of(new Date(time)) : plain(time);
}
