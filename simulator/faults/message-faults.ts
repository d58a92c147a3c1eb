/** Faults of what a notification says, how it is sealed and who signs it. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Message } from '../notifications/message.ts';
import type { NotificationFaultParameters } from './notification-parameters.ts';
import { SPOILT_SIGNATURES, type SpoiltSignature } from './spoilt-signature.ts';

export type ChangeMessage = (message: Message, parameters: NotificationFaultParameters) => Message;

export const spoilSignature =
  (name: SpoiltSignature): ChangeMessage =>
  (message) => ({ ...message, sign: SPOILT_SIGNATURES[name] });

/** By any key that WeChat Pay has: also one that the merchant has not heard of yet. */
export const signBy: ChangeMessage = (message, { serial = message.serial }) => ({
  ...message,
  serial,
});

/** As while WeChat Pay moves a merchant from certificates to the public key: both kinds arrive (docs/wechatpay-facts.md#keys-and-certificates). */
export const signByOtherKind: ChangeMessage = (message) => {
  const [byPublicKey, byCertificate] = [
    message.signer.serialOf('public-key'),
    message.signer.serialOf('certificate'),
  ];
  return { ...message, serial: message.serial === byPublicKey ? byCertificate : byPublicKey };
};

export const encryptOtherwise: ChangeMessage = (message) => ({
  ...message,
  apiV3Key: randomBytes(16).toString('hex'),
});

export const associateNothing: ChangeMessage = (message) => ({ ...message, associated_data: '' });

export const associateNothingSilently: ChangeMessage = (message) => ({
  ...message,
  associated_data: undefined,
});

/** As long as the documents allow; in practice it has 12 characters (docs/wechatpay-facts.md#envelope). */
export const lengthenNonce: ChangeMessage = (message) => ({
  ...message,
  nonce: randomBytes(8).toString('hex'),
});

/** As in the official sample, against its own table of fields (docs/wechatpay-facts.md#notification-contents). */
export const writeTotalAsText: ChangeMessage = (message) => {
  const { total_amount, ...rest } = message.resource;
  if (total_amount === undefined) return message;
  return resaying(message, { ...rest, total_amount: String(total_amount) });
};

export const leaveOut: ChangeMessage = (message, { fields = [] }) => {
  const left = Object.entries(message.resource).filter(([name]) => !fields.includes(name));
  return resaying(message, Object.fromEntries(left));
};

export const nameUnknownEvent: ChangeMessage = (message) => ({
  ...message,
  event_type: 'PAYSCORE.SOMETHING_NEW',
});

/** The same event again, or so it says: a receiver that counts ids takes it for another. */
export const renameMessage: ChangeMessage = (message) => ({ ...message, id: randomUUID() });

/** Under a nonce of its own: the same one must not seal two texts. */
function resaying(message: Message, resource: Message['resource']): Message {
  return { ...message, resource, nonce: randomBytes(6).toString('hex') };
}
