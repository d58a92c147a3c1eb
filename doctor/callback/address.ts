/** Whether our own API is behind the address at which WeChat Pay calls back, and until when its certificate is valid. */
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';

const PATIENCE_MS = 8_000;
const LONGEST = 4_096;
/** Some authorities issue for 45 days, and renew in the last third. */
const SOON_DAYS = 10;

interface Answered {
  readonly status: number;
  readonly body: string;
  /** Of its certificate; undefined by plain HTTP. */
  readonly validTo: Date | undefined;
}

export function callbackChecks(examination: Examination): Check[] {
  const { words, now } = examination;
  const { callback } = words;
  const address = () => needed(examination, 'WECHATPAY_NOTIFY_URL');
  const asked = once(async () => await ask(new URL(address())));
  return [
    {
      id: 'callback-address',
      async look() {
        const url = address();
        const answer = await asked().catch((error: NodeJS.ErrnoException) =>
          silenceOf(error, callback.nothingWithin),
        );
        if (typeof answer === 'string') return fault(callback.silent(url, answer));
        return isOurRefusal(answer)
          ? ok(callback.ours(url))
          : fault(callback.somebodyElse(url, answer.status));
      },
    },
    {
      id: 'callback-certificate',
      async look() {
        const url = address();
        if (url.startsWith('http:')) return ok(callback.plain);
        const { validTo } = await asked().catch(() => {
          throw new UnansweredError(callback.unanswered(url));
        });
        if (!validTo) throw new UnansweredError(callback.noCertificate);
        const { renewal } = callback;
        const what = callback.certificate(new URL(url).host);
        return foundByEnd({ what, validTo, now: now(), renewal, soonDays: SOON_DAYS }, words);
      },
    },
  ];
}

/** Only the kind of failure. */
function silenceOf(
  error: NodeJS.ErrnoException,
  nothingWithin: (seconds: number) => string,
): string {
  if (error instanceof UnansweredError) throw error;
  return error.code === 'ABORT_ERR'
    ? nothingWithin(PATIENCE_MS / 1_000)
    : (error.code ?? error.name);
}

/** As `api/notifications/` refuses what bears no signature. */
function isOurRefusal({ status, body }: Answered): boolean {
  try {
    const said = JSON.parse(body) as { code?: unknown; message?: unknown };
    return status === 401 && said.code === 'FAIL' && said.message === 'not verified';
  } catch {
    return false;
  }
}

/** Without a signature: nothing is done with it. */
async function ask(url: URL): Promise<Answered> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, {
      ...{ method: 'POST', agent: false, signal },
      headers: { 'content-type': 'application/json', 'content-length': 2 },
    })
      .once('response', resolve)
      .once('error', reject)
      .end('{}');
  });
  const { socket } = response;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return {
    status: response.statusCode ?? 0,
    body: await beginningOf(response),
    validTo: certificate && new Date(certificate.validTo),
  };
}

/** Whoever answers there may answer without end. */
async function beginningOf(response: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST) break;
  }
  return Buffer.concat(parts).toString('utf8');
}
