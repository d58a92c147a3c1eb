/** Environments that are complete, to be changed in one point, and the faults that the configuration finds then. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODEC_KEY_FILE } from '../support/codec.ts';
import { apiConfig, ConfigError, workerConfig, type Environment } from '../../config/programs.ts';

export const folder = mkdtempSync(join(tmpdir(), 'payscore-config-'));
process.once('exit', () => rmSync(folder, { recursive: true }));

export const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/openssl/${name}`, import.meta.url));
export function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const SECRET = 'not-a-key-but-still-a-secret';
export const API_V3_KEY = '0123456789abcdefABCDEF9876543210';
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026010100000001';
export const secretFile = fileOf('secret.txt', SECRET);
export const apiV2KeyFile = fileOf('apiv2_key.txt', `${API_V3_KEY}\n`);
const keyFile = fileOf('apiv3_key.txt', `${API_V3_KEY}\n`);

const wechat = {
  WECHATPAY_MCHID: '1900000001',
  WECHATPAY_SERIAL_NO: '5A11000000000000000000000000000000000001',
  WECHATPAY_PUBLIC_KEY_ID: PUBLIC_KEY_ID,
  WECHATPAY_PUBLIC_KEY_FILE: fixture('wechatpay_pub.pem'),
};
export const api = {
  ...wechat,
  WECHATPAY_APPID: 'wx1234567890abcdef',
  WECHATPAY_SERVICE_ID: '20020000000000000000000000000001',
  WECHATPAY_NOTIFY_URL: 'https://shop.example.cn/wechatpay/notifications',
  WECHATPAY_APIV3_KEY_FILE: keyFile,
  CODEC_KEY_FILES: CODEC_KEY_FILE,
};
export const worker = {
  ...wechat,
  WECHATPAY_PRIVATE_KEY_FILE: fixture('merchant_key.pem'),
  CODEC_KEY_FILES: CODEC_KEY_FILE,
  WECHATPAY_APIV3_KEY_FILE: keyFile,
};

export function faultsOf(parse: (environment: Environment) => unknown, environment: Environment) {
  try {
    parse(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message.split('\n').slice(1);
  }
}
export const namesIn = (faults: string[]) => [
  ...new Set(faults.map((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? line)),
];
export const apiFaults = (change: Environment) =>
  namesIn(faultsOf(apiConfig, { ...api, ...change }));
export const workerFaults = (change: Environment) =>
  namesIn(faultsOf(workerConfig, { ...worker, ...change }));
