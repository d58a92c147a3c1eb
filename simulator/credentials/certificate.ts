/** Self-signed X.509 certificates, as merchants and WeChat Pay present them. */
import { createPublicKey, randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import 'reflect-metadata'; // @peculiar/x509 refuses to load without it
import { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const FIVE_YEARS_MS = 5 * 365 * 24 * 3600 * 1000;

export interface Certificate {
  /** 40 hex digits in upper case, as `serial_no` and `Wechatpay-Serial` carry it. */
  readonly serial_no: string;
  readonly pem: string;
}

export async function issueCertificate(name: string, privateKey: KeyObject): Promise<Certificate> {
  const serial_no = serialNumber();
  const notBefore = new Date();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial_no,
    name,
    notBefore,
    notAfter: new Date(notBefore.getTime() + FIVE_YEARS_MS),
    signingAlgorithm: ALGORITHM,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
    keys: await webcryptoPair(privateKey),
  });
  return { serial_no, pem: `${certificate.toString('pem')}\n` };
}

/** The first byte lies in 0x40–0x7f: a zero would shorten the number, a high bit would lengthen it. */
function serialNumber(): string {
  const bytes = randomBytes(20);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex').toUpperCase();
}

async function webcryptoPair(privateKey: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = webcrypto;
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
    publicKey: await subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  };
}
