/** The variables that open Temporal's door: what the SDK takes in silence, or fails on without naming it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  loadConfigData,
  type ClientConfigProfile,
  type ClientConfigTLS,
  type ConfigDataSource,
} from '@temporalio/envconfig';

/** One line for each fault, which names the variable; nothing of a key or a file is in it. */
export function temporalFaults({ address, tls, apiKey }: ClientConfigProfile, now: Date): string[] {
  const isPlain = tls?.disabled === true;
  return [
    ...faultIf(
      address !== undefined && !/^(\[[\da-f:.]+\]|[^:/\s]+)(:\d+)?$/i.test(address),
      'TEMPORAL_ADDRESS must be host:port, without a scheme',
    ),
    ...faultIf(
      apiKey !== undefined && isPlain,
      'TEMPORAL_API_KEY travels over TLS only: TEMPORAL_TLS must not be false',
    ),
    // gRPC's own error would show the key.
    ...faultIf(
      apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey),
      'TEMPORAL_API_KEY must be one word of ASCII',
    ),
    ...(tls === undefined || isPlain ? [] : certificateFaults(tls, now)),
  ];
}

/** Anything else would be read as false: no TLS. */
export function tlsFlagFaults(flag: string | undefined): string[] {
  const isFlag = flag === undefined || /^(true|false|1|0)$/.test(flag);
  return faultIf(!isFlag, 'TEMPORAL_TLS must be true or false');
}

function certificateFaults(tls: ClientConfigTLS, now: Date): string[] {
  const ca = read(tls.serverCACert, 'SERVER_CA_CERT', 'certificates in PEM', certificatesIn);
  const client = read(tls.clientCert, 'CLIENT_CERT', 'a certificate in PEM', certificatesIn);
  const key = read(tls.clientKey, 'CLIENT_KEY', 'a private key in PEM', createPrivateKey);
  const [own] = client?.value ?? [];
  return [
    ...[ca, client, key].flatMap((it) => (it?.fault === undefined ? [] : [it.fault])),
    // The SDK would connect as nobody.
    ...faultIf(
      (client === undefined) !== (key === undefined),
      `${client?.variable ?? key?.variable} needs the other of certificate and key beside it: TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH`,
    ),
    ...faultIf(
      own !== undefined && (now < new Date(own.validFrom) || now > new Date(own.validTo)),
      `${client?.variable} is valid from ${own?.validFrom} until ${own?.validTo} only`,
    ),
    ...faultIf(
      own !== undefined && key?.value !== undefined && !own.checkPrivateKey(key.value),
      `${key?.variable} is not the key of ${client?.variable}`,
    ),
  ];
}

interface Read<T> {
  readonly variable: string;
  readonly value?: T;
  readonly fault?: string;
}

function read<T>(
  source: ConfigDataSource | undefined,
  name: string,
  what: string,
  parse: (pem: string) => T,
): Read<T> | undefined {
  if (source === undefined) return undefined;
  const variable = `TEMPORAL_TLS_${name}_${'path' in source ? 'PATH' : 'DATA'}`;
  try {
    return { variable, value: parse(Buffer.from(loadConfigData(source) ?? []).toString('utf8')) };
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    const fault = syscall === undefined ? `does not hold ${what}` : `cannot be read (${code})`;
    return { variable, fault: `${variable} ${fault}` };
  }
}

/** @throws {TypeError} where there is none */
function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!blocks) throw new TypeError('no certificate');
  return blocks.map((block) => new X509Certificate(block));
}

function faultIf(isFault: boolean, fault: string): string[] {
  return isFault ? [fault] : [];
}
