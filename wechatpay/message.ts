/** The canonical messages of APIv3: which bytes are signed, by whom. */

/** By their names in lower case, as Node has them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface RequestToSign {
  readonly method: string;
  /** Path and query exactly as transmitted, percent-encoded, without the host. */
  readonly target: string;
  /** Unix time in seconds, in decimal. */
  readonly timestamp: string;
  readonly nonce: string;
  /** The exact body; empty for a GET. */
  readonly body: string;
}

/** What a merchant signs: method, target, timestamp, nonce and body, each line ended by a line feed. */
export function requestMessage(request: RequestToSign): string {
  const { method, target, timestamp, nonce, body } = request;
  return `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`;
}

export interface ReceivedMessage {
  readonly timestamp: string;
  readonly nonce: string;
  /** The raw bytes as received; empty for a 204. */
  readonly body: Buffer;
}

/** What WeChat Pay signs, in answers and notifications alike: timestamp, nonce and the raw body. */
export function answerMessage({ timestamp, nonce, body }: ReceivedMessage): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}
