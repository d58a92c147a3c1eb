/** Environment → typed configuration. Parsed once, by the programs' main.ts only; every fault is listed at once. */
import { createPublicKey, KeyObject } from 'node:crypto';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import {
  ApiV3Key,
  BaseUrl,
  CertificatePem,
  Durations,
  KeyDigest,
  LogLevel,
  Moment,
  NotifyUrl,
  port,
  PrivateKey,
  PublicKeyPem,
} from './variables.ts';
import { createVerificationKeys } from './wechatpay/keys.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Its message is for people: one line per fault, naming the variable and the rule. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const apiConfig = (environment: Environment) => parse(Api, environment);
export const workerConfig = (environment: Environment) => parse(Worker, environment);
export const migrateConfig = (environment: Environment) => parse(Migrate, environment);

/** The usual TEMPORAL_* variables and configuration file. */
export function temporalConfig(environment: Environment) {
  const overrideEnvVars = Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  try {
    const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
      overrideEnvVars,
    });
    return { connectionOptions, namespace };
  } catch (error) {
    throw new ConfigError(`The configuration of Temporal has a fault: ${(error as Error).message}`);
  }
}

const WECHATPAY_URL = 'https://api.mch.weixin.qq.com';
/** In another city (跨城冗灾). */
const WECHATPAY_BACKUP_URL = 'https://api2.mch.weixin.qq.com';

/** WeChat's keys: what both processes need to tell WeChat Pay from anybody else. */
const verification = {
  WECHATPAY_MCHID: z.string().regex(/^\d{8,10}$/, 'must be 8 to 10 digits'),
  WECHATPAY_SERIAL_NO: z
    .string()
    .regex(/^[0-9A-F]{16,40}$/, 'must be the certificate serial in upper-case hex'),
  WECHATPAY_PUBLIC_KEY_ID: z
    .string()
    .regex(/^PUB_KEY_ID_\w+$/, 'must start with PUB_KEY_ID_')
    .optional(),
  WECHATPAY_PUBLIC_KEY_FILE: PublicKeyPem.optional(),
  WECHATPAY_CERTIFICATE_FILES: z
    .string()
    .transform((list) => list.split(',').map((path) => path.trim()))
    .pipe(z.array(CertificatePem))
    .optional(),
  /** `download`: the worker fetches the platform certificates and keeps them current, the API asks it for them. */
  WECHATPAY_CERTIFICATES: z.enum(['files', 'download']).default('files'),
  WECHATPAY_APIV3_PREVIOUS_KEY_FILE: ApiV3Key.optional(),
  WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: Moment.optional(),
};

const Api = withKeys(
  z
    .object({
      ...verification,
      WECHATPAY_APPID: z.string().regex(/^wx\w{1,30}$/, 'must be an appid, wx…'),
      WECHATPAY_SERVICE_ID: z.string().regex(/^\d{1,32}$/, 'must be up to 32 digits'),
      WECHATPAY_NOTIFY_URL: NotifyUrl,
      WECHATPAY_APIV3_KEY_FILE: ApiV3Key,
      API_HOST: z.string().default('127.0.0.1'),
      API_PORT: port(3000),
      API_KEYS_SHA256: z
        .string()
        .transform((list) => list.split(',').map((digest) => digest.trim().toLowerCase()))
        .pipe(z.array(KeyDigest))
        .optional(),
      LOG_LEVEL: LogLevel,
    })
    .refine(
      (given: Given) => isLoopback(given['API_HOST']) || given['API_KEYS_SHA256'] !== undefined,
      {
        path: ['API_KEYS_SHA256'],
        error: 'is needed, unless API_HOST is a loopback address',
        when: () => true,
      },
    ),
);

const Worker = withKeys(
  z.object({
    ...verification,
    WECHATPAY_PRIVATE_KEY_FILE: PrivateKey,
    WECHATPAY_APIV3_KEY_FILE: ApiV3Key.optional(),
    WECHATPAY_BASE_URL: BaseUrl.default(WECHATPAY_URL),
    WECHATPAY_BACKUP_URL: BaseUrl.optional(),
    POLL_DELAYS: Durations.optional(),
    WORKER_HOST: z.string().default('127.0.0.1'),
    WORKER_PORT: port(3001),
    LOG_LEVEL: LogLevel,
  }),
)
  .refine(
    (given: Given) =>
      given['WECHATPAY_CERTIFICATES'] !== 'download' || has(given, 'APIV3_KEY_FILE'),
    {
      path: ['WECHATPAY_APIV3_KEY_FILE'],
      error: 'is needed to open the certificates that are downloaded',
      when: () => true,
    },
  )
  .transform((given) => ({
    ...given,
    WECHATPAY_BACKUP_URL:
      given.WECHATPAY_BACKUP_URL ??
      (given.WECHATPAY_BASE_URL === WECHATPAY_URL ? WECHATPAY_BACKUP_URL : undefined),
  }));

const Migrate = z.object({
  /** Finished orders stay readable for so long; bills reach back three months. */
  TEMPORAL_RETENTION_DAYS: z.coerce.number().int().min(1).default(120),
  LOG_LEVEL: LogLevel,
});

/** Rules between variables are checked beside other faults, so they see what was given, read or not. */
type Given = Readonly<Record<string, unknown>>;

function withKeys<T extends z.ZodObject<typeof verification>>(schema: T) {
  return schema
    .refine(hasAnyKey, {
      path: ['WECHATPAY_PUBLIC_KEY_FILE'],
      error:
        'or WECHATPAY_CERTIFICATE_FILES or WECHATPAY_CERTIFICATES=download is needed, to verify WeChat Pay',
      when: () => true,
    })
    .refine(
      (given: Given) =>
        has(given, 'APIV3_PREVIOUS_KEY_FILE') === has(given, 'APIV3_PREVIOUS_KEY_UNTIL'),
      {
        path: ['WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL'],
        error: 'and WECHATPAY_APIV3_PREVIOUS_KEY_FILE go together',
        when: () => true,
      },
    )
    .refine((given: Given) => has(given, 'PUBLIC_KEY_FILE') === has(given, 'PUBLIC_KEY_ID'), {
      path: ['WECHATPAY_PUBLIC_KEY_ID'],
      error: 'and WECHATPAY_PUBLIC_KEY_FILE go together',
      when: () => true,
    })
    .transform((given, context) => {
      const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_PUBLIC_KEY_FILE: pem } = given;
      try {
        const verificationKeys = createVerificationKeys({
          publicKey: id !== undefined && pem !== undefined ? { id, pem } : undefined,
          certificates: given.WECHATPAY_CERTIFICATE_FILES,
          ownSerial: given.WECHATPAY_SERIAL_NO,
          ownKey: ownKeyIn(given),
        });
        return { ...given, verificationKeys, previousApiV3Key: previousKeyIn(given) };
      } catch (error) {
        const message = (error as Error).message;
        context.addIssue({ code: 'custom', path: ['WECHATPAY_CERTIFICATE_FILES'], message });
        return z.NEVER;
      }
    });
}

function hasAnyKey(given: Given): boolean {
  const isDownloaded = given['WECHATPAY_CERTIFICATES'] === 'download';
  return isDownloaded || has(given, 'PUBLIC_KEY_FILE') || has(given, 'CERTIFICATE_FILES');
}

/** The worker holds the merchant's private key; the API does not. */
function ownKeyIn(given: Given): KeyObject | undefined {
  const { WECHATPAY_PRIVATE_KEY_FILE: key } = given;
  return key instanceof KeyObject ? createPublicKey(key) : undefined;
}

function previousKeyIn(given: {
  WECHATPAY_APIV3_PREVIOUS_KEY_FILE?: Buffer | undefined;
  WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL?: Date | undefined;
}) {
  const { WECHATPAY_APIV3_PREVIOUS_KEY_FILE: key, WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: until } =
    given;
  return key && until ? { key, until } : undefined;
}

function has(given: Given, name: string): boolean {
  return given[`WECHATPAY_${name}`] !== undefined;
}

function isLoopback(host: unknown): boolean {
  return host === undefined || /^(127\.[\d.]+|::1|localhost)$/.test(String(host));
}

function parse<T>(schema: z.ZodType<T>, environment: Environment): T {
  // An empty variable is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const missing = given[String(path[0])] === undefined && message.startsWith('Invalid input');
    return `  ${path.join('.')} ${missing ? 'is missing' : message}`;
  });
  throw new ConfigError(`The configuration has faults:\n${faults.join('\n')}`);
}
