/** Sends one event to business code, signed as Standard Webhooks asks for it. Nobody's answer is read. */
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';

/** Who gets what happens. */
export interface Receiver {
  readonly url: string;
  /** `whsec_…`; with two of them, who has either of them can verify what comes. */
  readonly secrets: readonly string[];
}

export interface SenderOptions extends Receiver {
  readonly now?: () => Date;
  /** For all of it, to the answer's headers; default 10 s. */
  readonly timeoutMs?: number | undefined;
}

export interface Sender {
  /**
   * @throws {NotTakenError} where the answer is anything but 2xx, redirections included, or none came in time
   */
  send(message: { readonly id: string; readonly body: string }): Promise<void>;
  close(): Promise<void>;
}

/** Its message is for people, and has nothing of the address, which may hold a secret, nor of the answer. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
}

const TIMEOUT_MS = 10_000;
/** As many as a worker delivers at once. */
export const AT_ONCE = 50;
const USER_AGENT = 'payscore-orders';

export function createSender(options: SenderOptions): Sender {
  const { url, secrets, now = () => new Date(), timeoutMs = TIMEOUT_MS } = options;
  const signers = secrets.map((secret) => new Webhook(secret));
  const dispatcher = new Agent({ connections: AT_ONCE, maxResponseSize: 65_536 });
  return {
    async send({ id, body }) {
      const at = now();
      const status = await statusOf(dispatcher, url, timeoutMs, {
        headers: {
          'content-type': 'application/json',
          'user-agent': USER_AGENT,
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
        },
        body,
      });
      if (status < 200 || status > 299)
        throw new NotTakenError(`the receiver answered ${status}${hintOn(status)}`);
    },
    close: () => dispatcher.destroy(),
  };
}

interface Signed {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What follows the headers may never end, so it is not waited for. */
async function statusOf(
  dispatcher: Agent,
  url: string,
  timeoutMs: number,
  { headers, body }: Signed,
): Promise<number> {
  const given = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal: given });
    answer.body.on('error', () => undefined);
    void answer.body.dump({ limit: 1_024, signal: given }).catch(() => undefined);
    return answer.statusCode;
  } catch (error) {
    if (given.aborted)
      throw new NotTakenError(`the receiver did not answer within ${timeoutMs} ms`);
    throw new NotTakenError(`the receiver could not be reached (${codeOf(error)})`);
  }
}

function hintOn(status: number): string {
  if (status >= 300 && status <= 399)
    return ': EVENTS_URL must be where events are taken, not moved from';
  if (status === 401 || status === 403)
    return ': does it know one of the secrets in EVENTS_SECRET_FILES?';
  return '';
}

/** The code alone: messages may name the address. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : 'no connection';
}
