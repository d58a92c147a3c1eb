/** The calls of WeChat Pay that the checks share. Each is made once, none of them changes anything there. */
import { createPublicKey, randomUUID } from 'node:crypto';
import type { Pair } from '../../config/services.ts';
import type { Examination } from '../examination.ts';
import { UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';
import type { Merchant } from '../../wechatpay/authorization-header.ts';
import { refreshCertificates } from '../../wechatpay/certificates.ts';
import { TransportError, type VerificationError } from '../../wechatpay/errors.ts';
import type { Call, Exchange, RawAnswer } from '../../wechatpay/exchange.ts';
import { jsonObjectOf, type JsonObject } from '../../wechatpay/json.ts';
import { createVerificationKeys, type VerificationKeys } from '../../wechatpay/keys.ts';
import type { ApiV3Keys } from '../../wechatpay/resource.ts';
import { queryOf } from '../../wechatpay/target.ts';
import { createTransport } from '../../wechatpay/transport.ts';
import { whyUnverified } from '../../wechatpay/verification.ts';

const ANSWER_MS = 5_000;

export interface Heard extends RawAnswer {
  /** When it came, by our clock. */
  readonly at: Date;
  readonly json: JsonObject;
  /** WeChat's code of a refusal; empty otherwise. */
  readonly code: string;
  /** Why it is not believed. */
  readonly unverified: VerificationError | undefined;
}

export interface Calls {
  /** @throws {UnansweredError} where nothing can be signed, or no key of WeChat's be had */
  readonly keys: () => Promise<VerificationKeys>;
  readonly apiV3Keys: () => ApiV3Keys;
  /** GET /v3/certificates. */
  readonly certificates: () => Promise<Heard>;
  /** An order that cannot exist: of the first service where there is any, so that WeChat Pay looks at that too. */
  readonly query: () => Promise<Heard>;
  /** The same of another. */
  readonly queryOf: (pair: Pair) => Promise<Heard>;
  /** The same at the backup host; undefined where there is none. */
  readonly backup: (() => Promise<Heard>) | undefined;
  readonly send: (call: Call) => Promise<Heard>;
  /** Of answers that are awaited by others: a call to which nothing comes is told in one finding alone. */
  readonly answered: (call: () => Promise<Heard>) => Promise<Heard>;
}

export function createCalls(examination: Examination): Calls {
  const { config, words, now } = examination;
  const { values } = config;
  const given = once(async () => keysIn(examination));
  const send = async (call: Call, baseUrl = needed(examination, 'WECHATPAY_BASE_URL')) =>
    await heard(call, exchangeAt(baseUrl, examination, await given()), await given(), now);
  const apiV3Keys = () => apiV3KeysIn(examination);

  const certificates = once(() => send({ method: 'GET', target: '/v3/certificates' }));
  /** With those that WeChat Pay lists, where they are to be downloaded. */
  const keys = once(async () => {
    const held = await given();
    if (values.WECHATPAY_CERTIFICATES !== 'download') return held;
    const listed = await certificates().catch(() => undefined);
    if (!listed) return held;
    await refreshCertificates({
      exchange: async () => listed,
      ...{ keys: held, now, apiV3Keys: apiV3Keys(), ownSerial: merchantIn(examination).serial },
    }).catch(() => undefined); // told by the checks of APIv3 key and signature
    return held;
  });
  const { pairs } = config;
  const ask = async (pair = pairs[0], baseUrl?: string) => {
    await keys();
    return await send(
      { method: 'GET', target: `/v3/payscore/serviceorder?${nobodysOrder(pair)}` },
      baseUrl,
    );
  };
  const query = once(() => ask());
  const { WECHATPAY_BACKUP_URL: backupUrl } = values;

  return {
    keys,
    apiV3Keys,
    certificates,
    query,
    queryOf: (pair) => (pair === pairs[0] ? query() : ask(pair)),
    backup: backupUrl === undefined ? undefined : once(() => ask(undefined, backupUrl)),
    send,
    answered: (call) =>
      call().catch((error: unknown) => {
        if (!(error instanceof TransportError)) throw error;
        throw new UnansweredError(words.wechatpay.unanswered);
      }),
  };
}

function keysIn(examination: Examination): VerificationKeys {
  const { config, words } = examination;
  const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_PUBLIC_KEY_FILE: pem } = config.values;
  const { serial, privateKey } = merchantIn(examination);
  try {
    return createVerificationKeys({
      publicKey: id !== undefined && pem !== undefined ? { id, pem } : undefined,
      certificates: config.values.WECHATPAY_CERTIFICATE_FILES,
      ownSerial: serial,
      ownKey: createPublicKey(privateKey),
    });
  } catch {
    throw new UnansweredError(words.wechatpay.keysUnusable);
  }
}

function merchantIn(examination: Examination): Merchant {
  return {
    mchid: needed(examination, 'WECHATPAY_MCHID'),
    serial: needed(examination, 'WECHATPAY_SERIAL_NO'),
    privateKey: needed(examination, 'WECHATPAY_PRIVATE_KEY_FILE'),
  };
}

function apiV3KeysIn(examination: Examination): ApiV3Keys {
  const current = needed(examination, 'WECHATPAY_APIV3_KEY_FILE');
  const { WECHATPAY_APIV3_PREVIOUS_KEY_FILE: key, WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: until } =
    examination.config.values;
  return { current, previous: key && until && { key, until } };
}

/** Each host by itself, so that it is known which of them answers. */
function exchangeAt(baseUrl: string, examination: Examination, keys: VerificationKeys): Exchange {
  const { config, now } = examination;
  const transport = createTransport({
    ...{ baseUrl, proxyUrl: config.values.WECHATPAY_PROXY_URL, keys, now },
    merchant: merchantIn(examination),
    answerTimeoutMs: ANSWER_MS,
  });
  return async (call) => {
    try {
      return await transport.exchange(call);
    } finally {
      void transport.close();
    }
  };
}

async function heard(
  call: Call,
  exchange: Exchange,
  keys: VerificationKeys,
  now: () => Date,
): Promise<Heard> {
  const raw = await exchange(call);
  const at = now();
  const json = jsonObjectOf(raw.body) ?? {};
  const code = raw.status >= 400 && typeof json['code'] === 'string' ? json['code'] : '';
  return { ...raw, at, json, code, unverified: await whyUnverified(raw, { keys, now: () => at }) };
}

function nobodysOrder({ service_id, appid }: Pair = { service_id: '0', appid: 'wx0' }): string {
  const out_order_no = `doctor${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  return queryOf({ service_id, out_order_no, appid });
}
