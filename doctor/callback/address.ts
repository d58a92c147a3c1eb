/** Whether our own API is behind the address at which WeChat Pay calls back, and until when its certificate is valid. */
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';

const PATIENCE_MS = 8_000;
const LONGEST = 4_096;
/** Some authorities issue for 45 days, and renew in the last third. */
const SOON_DAYS = 10;

const LET_IN =
  'Lead that address to the API, with body and headers as they are and no login in front (docs/wechatpay.md). Where this machine does not reach its own public address, ask from outside: curl -X POST.';

interface Answered {
  readonly status: number;
  readonly body: string;
  /** Of its certificate; undefined by plain HTTP. */
  readonly validTo: Date | undefined;
}

export function callbackChecks(config: DoctorConfig, now: () => Date): Check[] {
  const asked = once(async () => await ask(new URL(needed(config, 'WECHATPAY_NOTIFY_URL'))));
  return [
    {
      id: 'callback-address',
      async look() {
        const url = needed(config, 'WECHATPAY_NOTIFY_URL');
        const answer = await asked().catch(silenceOf);
        if (typeof answer === 'string') return fault(`${url} does not answer: ${answer}.`, LET_IN);
        return isOurRefusal(answer)
          ? ok(`Our API answers at ${url}, and takes nothing that is not signed.`)
          : fault(
              `Somebody else than our API answers at ${url}, HTTP ${answer.status}: WeChat Pay’s callbacks end there.`,
              LET_IN,
            );
      },
    },
    {
      id: 'callback-certificate',
      async look() {
        const url = needed(config, 'WECHATPAY_NOTIFY_URL');
        if (url.startsWith('http:'))
          return ok('Callbacks come by plain HTTP: WeChat Pay is the simulator.');
        const { validTo } = await asked().catch(() => {
          throw new UnansweredError(`${url} does not answer.`, 'See callback-address.');
        });
        if (!validTo)
          throw new UnansweredError('The server shows no certificate.', 'See callback-address.');
        return foundByEnd({
          ...{ what: `The certificate of ${new URL(url).host}`, validTo, now: now() },
          renewal:
            'See why it is not renewed: WeChat Pay calls nobody whose certificate has ended.',
          soonDays: SOON_DAYS,
        });
      },
    },
  ];
}

/** Only the kind of failure. */
function silenceOf(error: NodeJS.ErrnoException): string {
  if (error instanceof UnansweredError) throw error;
  return error.code === 'ABORT_ERR'
    ? `nothing within ${PATIENCE_MS / 1_000} s`
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
