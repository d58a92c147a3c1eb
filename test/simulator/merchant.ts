/** A merchant of few lines: signs requests and verifies answers with node:crypto alone. */
import {
  createPublicKey,
  createSign,
  createVerify,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { request } from 'node:http';
import { after } from 'node:test';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/create.ts';
import { createControl } from '../../simulator/control.ts';
import type { Payment } from '../../simulator/control-client/people.ts';
import { testCredentials } from '../support/credentials.ts';
import type { Credentials } from '../../simulator/credentials/merchant.ts';

export const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

export interface Sent {
  method: string;
  target: string;
  body: string | Buffer;
  timestamp: string;
  headers: Record<string, string | undefined>;
}

/** Looked into freely: the simulator's own types must not vouch for its answers. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Got {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
  bytes: Buffer;
}

let credentials: Promise<Credentials> | undefined;

/** The same for all simulators of a process. */
export function sharedCredentials(): Promise<Credentials> {
  credentials ??= testCredentials();
  return credentials;
}

/** Starts a simulator with an authorised user and stops it with the test. */
export async function open(
  t: { after(fn: () => Promise<void>): void },
  options: SimulatorOptions = {},
) {
  const { simulator, control, merchant } = await start(options);
  t.after(() => simulator.stop());
  return { simulator, control, ...merchant };
}

export type Opened = Awaited<ReturnType<typeof open>>;

/** The same, once for all tests of a file. */
export async function shareSimulator(options: SimulatorOptions = {}) {
  const started = await start(options);
  after(() => started.simulator.stop());
  return started;
}

async function start(options: SimulatorOptions) {
  const simulator = await startSimulator({ credentials: await sharedCredentials(), ...options });
  const control = createControl(simulator.url);
  await control.authorise(OPENID);
  return { simulator, control, merchant: merchantOf(simulator) };
}

export function merchantOf({ url, merchant, clock }: Simulator) {
  const { mchid, appid, service_id, serial_no, private_key } = merchant;

  function signed(
    method: string,
    target: string,
    body: object | string | Buffer = '',
    timestamp = String(Math.floor(Date.now() / 1000)),
    nonce = randomBytes(16).toString('hex'),
  ): Sent {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const signature = createSign('sha256')
      .update(`${method}\n${target}\n${timestamp}\n${nonce}\n`)
      .update(bytes)
      .update('\n')
      .sign(private_key, 'base64');
    return {
      method,
      target,
      body: bytes,
      timestamp,
      headers: {
        Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial_no}"`,
        Accept: 'application/json',
        'User-Agent': 'merchant of the tests',
        'Wechatpay-Serial': merchant.public_key_id,
        ...(bytes.length > 0 && { 'Content-Type': 'application/json' }),
      },
    };
  }

  /** Signs and sends; `change` may spoil anything after the signature was made. */
  async function send(
    method: string,
    target: string,
    body: object | string | Buffer = '',
    change: (sent: Sent) => void = () => undefined,
    timestamp?: string,
  ): Promise<Got> {
    const sent = signed(method, target, body, timestamp);
    change(sent);
    return await transmit(url, sent);
  }

  /** `yyyyMMddHHmmss` in Beijing by the business clock, so many seconds from now. */
  function beijing(seconds: number): string {
    const local = new Date(clock.now() + (8 * 3600 + seconds) * 1000);
    return local.toISOString().replace(/\D/g, '').slice(0, 14);
  }

  const pass = (seconds: number) => clock.set({ now: new Date(clock.now() + seconds * 1000) });

  const identity = { appid, service_id };
  const query = new URLSearchParams(identity).toString();
  const merchantSide = {
    signed,
    send,
    identity,
    beijing,
    pass,
    createBody: (out_order_no: string, change: object = {}) => ({
      ...identity,
      out_order_no,
      service_introduction: '充电宝租借',
      post_payments: [{ name: '租金', amount: 400, description: '每小时4元', count: 1 }],
      time_range: { start_time: 'OnAccept' },
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000 },
      notify_url: 'http://127.0.0.1:9/notify',
      openid: OPENID,
      need_user_confirm: false,
      ...change,
    }),
    completeBody: (change: object = {}) => ({
      ...identity,
      post_payments: [{ name: '租金', amount: 800 }],
      total_amount: 800,
      time_range: { end_time: beijing(-1) },
      ...change,
    }),
    create: (body: object) => send('POST', '/v3/payscore/serviceorder', body),
    complete: (out_order_no: string, body: object) =>
      send('POST', `/v3/payscore/serviceorder/${out_order_no}/complete`, body),
    query: (out_order_no: string) =>
      send('GET', `/v3/payscore/serviceorder?${query}&out_order_no=${out_order_no}`),
    applyBill: (fields: Record<string, string>) =>
      send('GET', `/v3/bill/tradebill?${new URLSearchParams(fields).toString()}`),
    download: (download_url: string) => send('GET', download_url.slice(url.length)),
    permission: (openid: string) =>
      send('GET', `/v3/payscore/permissions/openid/${openid}?${query}`),

    changeBody: (change: object = {}) => ({ ...identity, reason: '用户投诉', ...change }),
    modifyBody: (total_amount: number, change: object = {}) => ({
      ...identity,
      reason: '用户投诉',
      post_payments: [{ name: '租金', amount: total_amount }],
      total_amount,
      ...change,
    }),
    syncBody: (paid_time: string, change: object = {}) => ({
      ...identity,
      type: 'Order_Paid',
      detail: { paid_time },
      ...change,
    }),
    /** Of a transaction of 800 fen, where nothing else is said. */
    refundBody: (
      transaction_id: string,
      out_refund_no: string,
      refund: number,
      change: object = {},
    ) => ({
      transaction_id,
      out_refund_no,
      amount: { refund, total: 800, currency: 'CNY' },
      ...change,
    }),
    refund: (body: object) => send('POST', '/v3/refund/domestic/refunds', body),
    queryRefund: (out_refund_no: string) =>
      send('GET', `/v3/refund/domestic/refunds/${encodeURIComponent(out_refund_no)}`),
    /** Of each charge of the order. */
    async transactions(out_order_no: string): Promise<string[]> {
      const { details } = (await merchantSide.query(out_order_no)).json.collection;
      return details.flatMap(({ transaction_id }: Json) => transaction_id ?? []);
    },
    /** cancel, modify, sync or pay */
    change: (call: string, out_order_no: string, body: object) =>
      send('POST', `/v3/payscore/serviceorder/${out_order_no}/${call}`, body),
    prepare: (authorization_code: string, change: object = {}) =>
      send('POST', '/v3/payscore/permissions', { ...identity, authorization_code, ...change }),
    agreement: (authorization_code: string) =>
      send(
        'GET',
        `/v3/payscore/permissions/authorization-code/${authorization_code}?service_id=${service_id}`,
      ),
    terminate: (openid: string, change: object = {}) =>
      send('POST', `/v3/payscore/permissions/openid/${openid}/terminate`, {
        ...merchantSide.changeBody(change),
      }),
    terminateCode: (authorization_code: string, change: object = {}) =>
      send('POST', `/v3/payscore/permissions/authorization-code/${authorization_code}/terminate`, {
        service_id,
        reason: '换绑',
        ...change,
      }),
  };

  /** An order whose service has run for an hour. */
  async function serve(out_order_no: string, change: object = {}) {
    const got = await merchantSide.create(merchantSide.createBody(out_order_no, change));
    pass(3600);
    return successful(got);
  }

  /** An order that waits for its payment. */
  async function bill(out_order_no: string, change: object = {}) {
    await serve(out_order_no, change);
    return successful(await merchantSide.complete(out_order_no, merchantSide.completeBody()));
  }

  /** An order that was paid. @returns its first transaction */
  async function paid(out_order_no: string, payment: Payment = {}): Promise<string> {
    await bill(out_order_no);
    await createControl(url).pay(out_order_no, payment);
    const [transaction_id = ''] = await merchantSide.transactions(out_order_no);
    return transaction_id;
  }

  return { ...merchantSide, serve, bill, paid };
}

function successful(got: Got): Got {
  if (got.status !== 200) throw new Error(`${got.status} ${got.text}`);
  return got;
}

/** With node:http, which sends what it is given: fetch would add and refuse headers of its own. */
export async function transmit(url: string, sent: Sent): Promise<Got> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent.headers)) {
    if (value !== undefined) headers[name] = value;
  }
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = Buffer.byteLength(sent.body);
    const req = request(
      {
        hostname,
        port,
        method: sent.method,
        path: sent.target,
        agent: false,
        headers: { ...headers, ...(length > 0 && { 'Content-Length': length }) },
      },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString();
          const got = new Headers(
            Object.entries(res.headers).map(([name, value]): [string, string] => [
              name,
              String(value),
            ]),
          );
          resolve({ status: res.statusCode ?? 0, headers: got, text, json: jsonOf(text), bytes });
        });
      },
    );
    req.on('error', reject).end(sent.body);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which of WeChat Pay's keys signed this message: its id or serial, or undefined if none did. */
export function signedBy(
  got: { headers: Headers; text: string } | undefined,
  merchant: Simulator['merchant'],
): string | undefined {
  if (got === undefined) return undefined;
  const { headers, text } = got;
  const keys: Record<string, KeyObject> = {
    [merchant.public_key_id]: createPublicKey(merchant.public_key),
    [merchant.platform_serial_no]: new X509Certificate(merchant.platform_certificate).publicKey,
  };
  const serial = headers.get('Wechatpay-Serial') ?? '';
  const key = keys[serial];
  const message = `${headers.get('Wechatpay-Timestamp')}\n${headers.get('Wechatpay-Nonce')}\n${text}\n`;
  const age = Math.abs(Date.now() / 1000 - Number(headers.get('Wechatpay-Timestamp')));
  if (key === undefined || !(age <= 300)) return undefined;
  const verify = createVerify('sha256').update(message);
  return verify.verify(key, headers.get('Wechatpay-Signature') ?? '', 'base64')
    ? serial
    : undefined;
}
