/** Opens a notification: verified first, then decrypted, then read. */
import { DecryptionError } from './errors.ts';
import { isJsonObject, jsonObjectOf, type JsonObject } from './json.ts';
import { decryptResource } from './resource.ts';
import { verify, type SignedMessage, type Verifier } from './verification.ts';

export interface Notification {
  /** The same for every repetition of one notification. */
  readonly id: string;
  /** e.g. `PAYSCORE.USER_PAID`. */
  readonly event_type: string;
  /** The decrypted resource. */
  readonly resource: JsonObject;
}

export interface NotificationOpener extends Verifier {
  /** The APIv3 key, 32 bytes. */
  readonly apiV3Key: Buffer;
}

/**
 * @throws {VerificationError} when WeChat Pay is not proven to have sent it; nothing was read or decrypted
 * @throws {DecryptionError} when WeChat Pay sent it and we cannot open it: our key is wrong, so WeChat must repeat it
 */
export function openNotification(message: SignedMessage, opener: NotificationOpener): Notification {
  verify(message, opener);
  const envelope = jsonObjectOf(message.body);
  const id = envelope?.['id'];
  const event_type = envelope?.['event_type'];
  const sealed = envelope?.['resource'];
  if (typeof id !== 'string' || typeof event_type !== 'string' || !isJsonObject(sealed)) {
    throw new DecryptionError('the verified notification is not an envelope with a resource');
  }
  const { algorithm, ciphertext, nonce, associated_data } = sealed;
  const resource = jsonObjectOf(
    decryptResource(
      {
        algorithm: String(algorithm),
        ciphertext: String(ciphertext),
        nonce: String(nonce ?? ''),
        associated_data: typeof associated_data === 'string' ? associated_data : undefined,
      },
      opener.apiV3Key,
    ),
  );
  if (!resource) throw new DecryptionError('the decrypted resource is not a JSON object');
  return { id, event_type, resource };
}
