/** A certificate authority of its own, which issues certificates for servers and clients of TLS. */
import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata'; // @peculiar/x509 refuses to load without it
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type JsonGeneralNames,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 3_600_000;

export interface Issued {
  readonly cert: string;
  readonly key: string;
  /** The same in files. */
  readonly certFile: string;
  readonly keyFile: string;
}

export type Authority = Awaited<ReturnType<typeof createAuthority>>;

export async function createAuthority(name = 'authority') {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-authority-'));
  const inFile = async (file: string, content: string) => {
    await writeFile(join(folder, file), content);
    return join(folder, file);
  };
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
    keys,
    ...validity(),
  });
  const ca = root.toString('pem');

  return {
    ca,
    caFile: await inFile('ca.pem', ca),
    /** @param days until it is valid, from now */
    async issue(subject: string, names: JsonGeneralNames = [], days?: number): Promise<Issued> {
      const own = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${subject}`,
        issuer: root.subject,
        signingAlgorithm: ALGORITHM,
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        extensions: names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : [],
        ...validity(days),
      });
      const cert = certificate.toString('pem');
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey));
      const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
      return {
        cert,
        key,
        certFile: await inFile(`${subject}.pem`, cert),
        keyFile: await inFile(`${subject}.key`, key),
      };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

function validity(days = 2) {
  const now = Date.now();
  return { notBefore: new Date(now - 3 * DAY_MS), notAfter: new Date(now + days * DAY_MS) };
}
