/** What a single environment variable may hold: a file with a key, an address, durations. */
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** A file that holds this; its content never appears in a fault. */
function file<T>(what: string, parseContent: (content: string) => T) {
  return z.string().transform((path, context): T => {
    try {
      return parseContent(readFileSync(path, 'utf8'));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isUnread = code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR';
      const why = code === 'EACCES' ? `${code}${whoMay(path)}` : code;
      const message = isUnread ? `cannot be read (${why})` : `does not hold ${what}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });
}

/** Several of them, separated by commas. */
export function listOf<T>(item: z.ZodType<T, string>) {
  return z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(item));
}

/** Who may read it, and who we are: in a container seldom whom the file was made by. Nothing where not even that may be seen. */
function whoMay(path: string): string {
  try {
    const { mode, uid } = statSync(path);
    const bits = (mode & 0o777).toString(8).padStart(4, '0');
    return `: its mode is ${bits} and its owner ${uid}, and we are ${process.geteuid?.()}`;
  } catch {
    return '';
  }
}

export const PrivateKey = file('an RSA private key in PEM', (pem) => rsa(createPrivateKey(pem)));

/** Node would read a private key or a certificate as well: our own, taken for WeChat's, would let us believe ourselves. */
export const PublicKeyPem = file('an RSA public key in PEM', (pem) => {
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) throw new TypeError('not a public key');
  rsa(createPublicKey(pem));
  return pem;
});

export const CertificatePem = file('a certificate in PEM', (pem) => {
  rsa(new X509Certificate(pem).publicKey);
  return pem;
});

export const ApiV3Key = file('an APIv3 key of 32 bytes', (content) => {
  const key = Buffer.from(content.trim());
  if (key.length !== 32) throw new TypeError('not 32 bytes');
  return key;
});

/** Of the payload codec: `openssl rand -hex 32`. */
export const CodecKeyBytes = file('a codec key of 64 hex digits', (content) => {
  if (!/^[0-9a-f]{64}$/i.test(content.trim())) throw new TypeError('not 64 hex digits');
  return Buffer.from(content.trim(), 'hex');
});

/** Another key than the APIv3 key; it enters what it signs as text. */
export const ApiV2Key = file('an APIv2 key of 32 characters', (content) => {
  const key = content.trim();
  if (!/^[\x21-\x7e]{32}$/.test(key)) throw new TypeError('not 32 characters');
  return key;
});

function rsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new TypeError('not an RSA key');
  return key;
}

export const port = (otherwise: number) =>
  z.coerce.number().int().min(0).max(65_535).default(otherwise);

/** Calls of WeChat Pay by all workers of a merchant together: well under what WeChat allows; an operation makes two or three. */
export const CallsPerSecond = z.coerce
  .number({ error: 'must be a number' })
  .gt(0, 'must be more than 0')
  .max(10_000, 'must be at most 10000')
  .default(50);

export const Flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .default('false')
  .transform((text) => text === 'true');

/** In which operators are told: `words/`. */
export const OperatorLanguage = z.enum(['en', 'zh'], { error: 'must be en or zh' }).default('en');

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error']).default('info');

/** `2026-12-01T00:00:00+08:00`; the zone is part of it. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'must be a moment with its zone, 2026-12-01T00:00:00+08:00' })
  .transform((text) => new Date(text));

/** `1m,5m,15m` → milliseconds. */
export const Durations = z.string().transform((text, context) => {
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
  return text.split(',').map((part) => {
    const [, count, unit] = /^(\d+)(ms|s|m|h)$/.exec(part.trim()) ?? [];
    if (count === undefined) {
      context.addIssue({ code: 'custom', message: 'must be durations such as 30s,1m,2h' });
    }
    return Number(count) * units[unit as keyof typeof units];
  });
});

/** Every rule is reported, so each sees what is no URL at all as well. */
const Url = z
  .url({ protocol: /^https?$/, error: 'must be an absolute URL' })
  .refine((url) => url.startsWith('https:') || !isPublic(url), {
    error: 'must be https, except towards a simulator on this machine or network',
  });

/** 回调通知注意事项: a full address with a path and without a query, at most 255 characters. */
export const NotifyUrl = Url.max(255, 'must have at most 255 characters').refine(
  (url) => !URL.canParse(url) || (!url.includes('?') && new URL(url).pathname !== '/'),
  'must have a path and no query',
);

export const BaseUrl = Url.refine(
  (url) => !URL.canParse(url) || (!url.includes('?') && new URL(url).pathname === '/'),
  'must have neither path nor query',
);

/** Where events are sent. What is in it may be a secret, so it is printed nowhere. */
export const EventsUrl = z
  .url({ protocol: /^https?$/, error: 'must be an absolute URL' })
  .refine((url) => url.startsWith('https:') || isLoopback(url), {
    error: 'must be https, except towards a program of this machine',
  })
  .refine((url) => !URL.canParse(url) || (!new URL(url).username && !new URL(url).password), {
    error: 'must have no user name and no password: what comes is signed',
  })
  .refine((url) => !url.includes('#'), { error: 'must have no fragment' });

/** As Standard Webhooks writes them: `echo "whsec_$(openssl rand -base64 32)"`. */
export const WebhookSecret = file('a secret whsec_… of 24 to 64 bytes in base64', (content) => {
  const secret = content.trim();
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) throw new TypeError('not base64');
  if (bytes.length < 24 || bytes.length > 64) throw new TypeError('not 24 to 64 bytes');
  return secret;
});

/** Of OpenTelemetry; spans name orders. OTLP's path `/v1/traces` is added. */
export const CollectorUrl = BaseUrl.transform((url) => new URL(url).origin);

/** Forward proxies speak plainly themselves; what goes through the tunnel is TLS. */
export const ProxyUrl = z
  .url({ protocol: /^http$/, error: 'must be http://host:port of a forward proxy' })
  .refine(
    (url) => !URL.canParse(url) || new URL(url).pathname === '/',
    'must be http://host:port of a forward proxy',
  );

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(new URL(url).hostname);
}

/** Not loopback, and not a name without a domain, such as a neighbour in a compose file. */
function isPublic(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return !/^(127(\.\d+){3}|\[::1\]|[^.:]+)$/.test(new URL(url).hostname);
}

/** Of web pages, as a browser names them: exactly, without a path. */
export const Origins = listOf(
  z
    .string()
    .refine(
      (origin) => URL.canParse(origin) && new URL(origin).origin === origin,
      'must be origins such as https://temporal.example.com',
    ),
);
