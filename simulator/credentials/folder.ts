/** Credentials in a folder: made at the first start, found again at every later one. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { generateCredentials } from './generate.ts';
import type { Credentials } from './merchant.ts';

const MARKER = 'merchant.json';

const Named = z.object({
  mchid: z.string(),
  appid: z.string(),
  service_id: z.string(),
  serial_no: z.string(),
  platform_serial_no: z.string(),
  public_key_id: z.string(),
});

/**
 * `merchant.json` is written last and in one step: a folder without it is half-written and made anew,
 * so nobody ever meets keys that do not belong together.
 */
export async function credentialsIn(folder: string): Promise<Credentials> {
  if (existsSync(join(folder, MARKER))) return await load(folder);
  const credentials = await generateCredentials();
  await writeCredentials(folder, credentials, { base_url: '' });
  return credentials;
}

export interface Addresses {
  /** Where this WeChat Pay answers. */
  readonly base_url: string;
  /** Where it calls the merchant back, where the simulator was told. */
  readonly notify_url?: string | undefined;
}

/** All of the files, as a console would offer them for download. */
export async function writeCredentials(
  folder: string,
  { merchant, wechat }: Credentials,
  addresses: Addresses,
): Promise<void> {
  await mkdir(join(folder, 'wechat'), { recursive: true, mode: 0o700 });
  const files = {
    'apiclient_key.pem': merchant.private_key,
    'apiclient_cert.pem': merchant.certificate,
    'apiv3_key.txt': merchant.api_v3_key,
    'apiv2_key.txt': merchant.api_v2_key,
    'wechatpay_cert.pem': merchant.platform_certificate,
    'pub_key.pem': merchant.public_key,
    'wechat/platform_key.pem': wechat.platform_key,
    'wechat/public_key_key.pem': wechat.public_key_key,
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeWhole(join(folder, name), text)),
  );
  await writeMerchant(folder, merchant, addresses);
}

/** Names the merchant for those who point a client at it; the address changes with the port. */
async function writeMerchant(
  folder: string,
  merchant: Credentials['merchant'],
  addresses: Addresses,
): Promise<void> {
  const named = { ...Named.parse(merchant), base_url: addresses.base_url };
  await writeWhole(join(folder, 'merchant.env'), variablesOf(merchant, addresses));
  await writeWhole(join(folder, MARKER), `${JSON.stringify(named, null, 2)}\n`);
}

/** The same names as environment variables, for programs that are started beside the simulator. */
function variablesOf(
  merchant: Credentials['merchant'],
  { base_url, notify_url }: Addresses,
): string {
  const variables = {
    WECHATPAY_MCHID: merchant.mchid,
    WECHATPAY_APPID: merchant.appid,
    WECHATPAY_SERVICE_ID: merchant.service_id,
    WECHATPAY_SERIAL_NO: merchant.serial_no,
    WECHATPAY_PUBLIC_KEY_ID: merchant.public_key_id,
    WECHATPAY_BASE_URL: base_url,
    WECHATPAY_SIMULATOR: 'true',
    ...(notify_url !== undefined && { WECHATPAY_NOTIFY_URL: notify_url }),
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function load(folder: string): Promise<Credentials> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const named = Named.parse(JSON.parse(await read(MARKER)));
  return {
    merchant: {
      ...named,
      private_key: await read('apiclient_key.pem'),
      certificate: await read('apiclient_cert.pem'),
      api_v3_key: await read('apiv3_key.txt'),
      api_v2_key: await read('apiv2_key.txt'),
      platform_certificate: await read('wechatpay_cert.pem'),
      public_key: await read('pub_key.pem'),
    },
    wechat: {
      platform_key: await read('wechat/platform_key.pem'),
      public_key_key: await read('wechat/public_key_key.pem'),
    },
  };
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
