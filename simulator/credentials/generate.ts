/** Fresh credentials: a merchant as WeChat Pay would have set it up. */
import {
  generateKeyPair,
  randomInt,
  randomUUID,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { issueCertificate } from './certificate.ts';
import type { ApiCertificate } from './key-state.ts';
import type { Credentials } from './merchant.ts';
import type { PlatformCertificate } from './platform-certificates.ts';

const PLATFORM_NAME = 'CN=Tenpay.com sign';

export interface RsaPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** @param pair gives each of the three key pairs, which take time to be made */
export async function generateCredentials(pair = rsaPair): Promise<Credentials> {
  const [merchantKeys, platformKeys, publicKeys] = await Promise.all([pair(), pair(), pair()]);
  const mchid = `19${digits(8)}`;
  const certificate = await issueCertificate(`CN=${mchid}`, merchantKeys.privateKey);
  const platform = await issueCertificate(PLATFORM_NAME, platformKeys.privateKey);
  return {
    merchant: {
      mchid,
      appid: `wx${key32().slice(0, 16)}`,
      service_id: `2002${digits(28)}`,
      serial_no: certificate.serial_no,
      private_key: privatePem(merchantKeys.privateKey),
      certificate: certificate.pem,
      api_v3_key: key32(),
      api_v2_key: key32(),
      platform_serial_no: platform.serial_no,
      platform_certificate: platform.pem,
      public_key_id: `PUB_KEY_ID_01${mchid}${digits(16)}`,
      public_key: publicKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    wechat: {
      platform_key: privatePem(platformKeys.privateKey),
      public_key_key: privatePem(publicKeys.privateKey),
    },
  };
}

/** A further platform certificate, effective from a moment on, with a validity of its own. */
export async function generatePlatformCertificate(
  effective_ms: number,
): Promise<PlatformCertificate> {
  const { privateKey } = await rsaPair();
  const { serial_no, pem } = await issueCertificate(PLATFORM_NAME, privateKey);
  const expire_ms = Date.parse(new X509Certificate(pem).validTo);
  return { serial_no, pem, private_key: privatePem(privateKey), effective_ms, expire_ms };
}

/** A further API certificate of the merchant. */
export async function generateApiCertificate(mchid: string): Promise<ApiCertificate> {
  const { privateKey } = await rsaPair();
  const { serial_no, pem } = await issueCertificate(`CN=${mchid}`, privateKey);
  return { serial_no, certificate: pem, private_key: privatePem(privateKey) };
}

export function rsaPair(): Promise<RsaPair> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What APIv3 and APIv2 keys look like: 32 letters and digits. */
export function key32(): string {
  return randomUUID().replaceAll('-', '');
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
