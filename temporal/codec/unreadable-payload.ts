/** A payload that none of our keys opens. Its message is for people, and holds nothing of the payload but its key's id. */
export class UnreadablePayloadError extends Error {
  override readonly name = 'UnreadablePayloadError';
  readonly keyId: string;

  constructor(keyId: string, why: string) {
    const shown = KEY_ID.test(keyId) ? keyId : '(of another form)';
    super(`a payload of Temporal cannot be read: the codec key ${shown} ${why}`);
    this.keyId = shown;
  }
}

/** Whoever may write to Temporal may have written anything. */
const KEY_ID = /^[0-9a-f]{16}$/;

/** The error itself, or what it was caused by. */
export function unreadablePayloadIn(error: unknown): UnreadablePayloadError | undefined {
  for (let it = error; it instanceof Error; it = it.cause) {
    if (it instanceof UnreadablePayloadError) return it;
  }
  return undefined;
}
