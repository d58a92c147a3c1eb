/** What an order waits for, since when, and when it looks again. */
import { plain } from './markdown.ts';
import { rfc3339Of } from '../payscore/beijing-time.ts';
import { STRAGGLER_MS } from '../payscore/in-flight.ts';
import { isPending, type OperationRecord } from '../payscore/operation.ts';
import type { Order } from '../payscore/order.ts';
import { hasEnded } from '../payscore/unserved.ts';

/** One line for each thing; none of an order that has ended. */
export function waitsOf(order: Order): string[] {
  if (hasEnded(order)) return [];
  const isInvited = order.phase === 'authorizing';
  return [
    ...(isInvited ? userOf(order) : []),
    ...order.operations
      .filter((record) => isPending(record) && !(isInvited && record.operation === 'create'))
      .map((record) => operationOf(order, record)),
    ...(order.phase === 'paying'
      ? [
          'The payment: by WeChat Pay’s callback, or when the pending activity looks again; its next attempt says when.',
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
          `The invitation that business code has for him opens WeChat’s page until ${at(invitation.expires_at)}. A notification of WeChat Pay leads on, or the pending activity, which looks ever more rarely.`,
        ]
      : []),
  ];
}

function operationOf(
  { createUntil, stragglerUntil, isToBeLookedUp }: Order,
  record: OperationRecord,
): string {
  const { operation, receivedAt, startedAt, state, progress = {} } = record;
  const { doubtfulSince, lastSentAt, chargingRefusals, isTaken } = progress;
  const sentences = [
    `\`${operation}\`, asked for ${at(receivedAt)}: ${state === 'waiting' ? 'waits for its turn' : `under way since ${at(startedAt ?? receivedAt)}`}.`,
  ];
  if (doubtfulSince !== undefined) {
    sentences.push(
      `**Its outcome is unknown** since ${at(doubtfulSince)}: WeChat Pay is asked, and the same is sent again only when it was not done.`,
    );
    if (lastSentAt !== undefined) {
      const proven = new Date(Date.parse(lastSentAt) + STRAGGLER_MS).toISOString();
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
  if (operation === 'modify' && stragglerUntil !== undefined) {
    sentences.push(
      `Not sent before ${at(stragglerUntil)}: until then an earlier correction may still arrive.`,
    );
  }
  return sentences.join(' ');
}

/** A person can write any time into a message, and nothing that is only shown may stop an order. */
function at(time: string): string {
  const isUsual = Math.abs(Date.parse(time)) < Date.parse('9999-01-01');
  return isUsual ? rfc3339Of(new Date(time)) : plain(time);
}
