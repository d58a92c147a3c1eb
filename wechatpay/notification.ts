/** Opens a notification: verified first, then decrypted, then read. */
import { DecryptionError } from './errors.ts';
import { isJsonObject, jsonObjectOf, type JsonObject } from './json.ts';
import { encryptedResourceIn, openResource, type ApiV3Keys } from './resource.ts';
import { verifyOrRefresh, type SignedMessage, type Verifier } from './verification.ts';

export interface Notification {
  /** The same for every repetition of one notification. */
  readonly id: string;
  /** e.g. `PAYSCORE.USER_PAID`. */
  readonly event_type: string;
  /** When WeChat Pay made it; undefined where it does not say so in RFC 3339. */
  readonly createdAt: Date | undefined;
  /** The decrypted resource. */
  readonly resource: JsonObject;
}

export interface NotificationOpener extends Verifier {
  readonly apiV3Keys: ApiV3Keys;
}

/**
 * @throws {VerificationError} when WeChat Pay is not proven to have sent it; nothing was read or decrypted
 * @throws {DecryptionError} when WeChat Pay sent it and we cannot open it: our key is wrong, so WeChat must repeat it
 */
export async function openNotification(
  message: SignedMessage,
  opener: NotificationOpener,
): Promise<Notification> {
  await verifyOrRefresh(message, opener);
  const envelope = jsonObjectOf(message.body);
  const id = envelope?.['id'];
  const event_type = envelope?.['event_type'];
  const sealed = envelope?.['resource'];
  if (typeof id !== 'string' || typeof event_type !== 'string' || !isJsonObject(sealed)) {
    throw new DecryptionError('the verified notification is not an envelope with a resource');
  }
  const opened = openResource(encryptedResourceIn(sealed), opener.apiV3Keys, opener.now());
  const resource = jsonObjectOf(opened);
  if (!resource) throw new DecryptionError('the decrypted resource is not a JSON object');
  return { id, event_type, createdAt: momentIn(envelope?.['create_time']), resource };
}

function momentIn(time: unknown): Date | undefined {
  const ms = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
