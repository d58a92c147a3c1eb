/** A merchant that runs on wechatpay-axios-plugin, of whose code ours knows nothing. */
import { X509Certificate } from 'node:crypto';
import { Wechatpay } from 'wechatpay-axios-plugin';
import type { Merchant } from '../../simulator/credentials/merchant.ts';
import type { Json } from '../simulator/merchant.ts';

/** Its typings reach no further than `any`; answers are looked into freely. */
export interface PluginAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly data: Json;
}

/** What it throws: its own code where it does not believe, WeChat Pay's answer where that is a refusal. */
export interface PluginFailure {
  readonly code: string;
  readonly response?: PluginAnswer;
}

export type Certs = Record<string, string>;

export const publicKeyOf = ({ public_key_id, public_key }: Merchant): Certs => ({
  [public_key_id]: public_key,
});

export const certificateOf = ({ platform_certificate: pem }: Merchant): Certs => ({
  [new X509Certificate(pem).serialNumber]: pem,
});

/** The first of the keys that it trusts is the one that it asks answers to be signed with. */
export function pluginOf(merchant: Merchant, certs: Certs = publicKeyOf(merchant)) {
  const wxpay = new Wechatpay({
    mchid: merchant.mchid,
    serial: merchant.serial_no,
    privateKey: merchant.private_key,
    certs,
    baseURL: merchant.base_url,
    headers: { 'Wechatpay-Serial': Object.keys(certs)[0] ?? '' },
  });
  const { appid, service_id } = merchant;
  const identity = { appid, service_id };

  /** Paths are its own URI templates: `{out_order_no}` is filled in from `config`. */
  const get = (path: string, params: object = {}, config: object = {}): Promise<PluginAnswer> =>
    wxpay.chain(path).get({ params, ...config });
  const post = (path: string, body: object, config: object = {}): Promise<PluginAnswer> =>
    wxpay.chain(path).post(body, config);

  const ORDERS = 'v3/payscore/serviceorder';
  return {
    get,
    post,
    identity,
    create: (body: object) => post(ORDERS, { ...identity, ...body }),
    query: (out_order_no: string) => get(ORDERS, { ...identity, out_order_no }),
    /** cancel, modify, complete, sync or pay */
    change: (call: string, out_order_no: string, body: object) =>
      post(`${ORDERS}/{out_order_no}/${call}`, { ...identity, ...body }, { out_order_no }),
  };
}

export type Plugin = ReturnType<typeof pluginOf>;

/** How a call fails; a call that does not fail is the test's failure. */
export async function failureOf(call: Promise<PluginAnswer>): Promise<PluginFailure> {
  return await call.then(
    ({ status }) => Promise.reject(new Error(`believed an answer of ${status}`)),
    (error: PluginFailure) => error,
  );
}
