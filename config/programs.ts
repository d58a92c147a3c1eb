/** Environment → typed configuration. Parsed once, by the programs' main.ts only; every fault is listed at once. */
import { KeyObject, X509Certificate } from 'node:crypto';
import {
  loadClientConfigProfile,
  toClientOptions,
  type ClientConfigProfile,
} from '@temporalio/envconfig';
import { z } from 'zod';
import { ApiKeysFile } from './api-keys.ts';
import { codec, codecOf, ENCRYPTED_UNLESS_SAID, ENCRYPTED_WITH_MERCHANT } from './codec.ts';
import { delivery, events, receiverOf, SIGNED } from './events.ts';
import { verification, withKeys, type Given } from './keys.ts';
import {
  APPID_NEEDED,
  lackingIn,
  ONE_WAY,
  pairsIn,
  SERVICE_ID_NEEDED,
  services,
  type Pair,
} from './services.ts';
import { temporalFaults, tlsFlagFaults } from './temporal.ts';
import {
  ApiV2Key,
  ApiV3Key,
  BaseUrl,
  CallsPerSecond,
  CertificatePem,
  CollectorUrl,
  Durations,
  Flag,
  LogLevel,
  OperatorLanguage,
  Origins,
  port,
  PrivateKey,
  ProxyUrl,
} from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Its message is for people: one line per fault, naming the variable and the rule. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The same, one by one, where there may be several. */
  readonly faults: readonly string[];

  constructor(message: string, faults: readonly string[] = [message]) {
    super(message);
    this.faults = faults;
  }
}

export const apiConfig = (environment: Environment) => parse(Api, environment);
export const workerConfig = (environment: Environment) => parse(Worker, environment);
export const migrateConfig = (environment: Environment) => parse(Migrate, environment);

/** The usual TEMPORAL_* variables and configuration file. Files are read once: a renewed certificate needs a restart. */
export function temporalConfig(environment: Environment) {
  const overrideEnvVars = setIn(environment);
  const profile = temporalProfile(overrideEnvVars);
  const faults = [
    ...tlsFlagFaults(overrideEnvVars['TEMPORAL_TLS']),
    ...temporalFaults(profile, new Date()),
  ];
  if (faults.length > 0) throw faulty('The configuration of Temporal', faults);
  const { connectionOptions, namespace = 'default' } = toClientOptions(profile);
  return { connectionOptions, namespace };
}

function temporalProfile(overrideEnvVars: Record<string, string>): ClientConfigProfile {
  try {
    return loadClientConfigProfile({ overrideEnvVars });
  } catch (error) {
    throw new ConfigError(`The configuration of Temporal has a fault: ${(error as Error).message}`);
  }
}

const Days = z.coerce
  .number({ error: 'must be a number of days' })
  .int('must be whole days')
  .min(1, 'must be at least 1');

const WECHATPAY_URL = 'https://api.mch.weixin.qq.com';
/** In another city (跨城冗灾). */
const WECHATPAY_BACKUP_URL = 'https://api2.mch.weixin.qq.com';

/** Of the reconciliation's reports: the worker writes, the API reads. */
const ReportFolder = z.string().default('reports');

/** Says that WeChat Pay is the simulator, which alone calls back over plain HTTP: a forgotten address would stay unnoticed. */
const WECHATPAY_SIMULATOR = Flag;

const CALLED_BACK_SAFELY = [
  ({ WECHATPAY_NOTIFY_URL: url, WECHATPAY_SIMULATOR: isSimulator }: Given) =>
    !String(url).startsWith('http:') || String(isSimulator) === 'true',
  {
    path: ['WECHATPAY_NOTIFY_URL'],
    error: 'must be https: only the simulator calls back over http, with WECHATPAY_SIMULATOR=true',
    when: () => true,
  },
] satisfies [unknown, object];

const api = {
  ...verification,
  ...services,
  ...events,
  ...codec,
  WECHATPAY_SIMULATOR,
  WECHATPAY_APIV3_KEY_FILE: ApiV3Key,
  REPORT_FOLDER: ReportFolder,
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port(3000),
  API_METRICS_HOST: z.string().default('127.0.0.1'),
  API_METRICS_PORT: port(3002),
  /** Of Temporal's web UI, which asks for what Temporal stores. */
  CODEC_ORIGINS: Origins.default([]),
  /** Who may call the API; read again when it changes. */
  API_KEYS_FILE: ApiKeysFile.optional(),
  /** After a restore of Temporal's store from a backup, or its loss. */
  OPENINGS_MAY_EXIST: Flag,
  OTEL_EXPORTER_OTLP_ENDPOINT: CollectorUrl.optional(),
  OPERATOR_LANGUAGE: OperatorLanguage,
  LOG_LEVEL: LogLevel,
};

const Api = withKeys(
  z
    .object(api)
    .refine(
      (given: Given) => isLoopback(given['API_HOST']) || given['API_KEYS_FILE'] !== undefined,
      {
        path: ['API_KEYS_FILE'],
        error: 'is needed, unless API_HOST is a loopback address',
        when: () => true,
      },
    )
    .refine(...CALLED_BACK_SAFELY)
    .refine(...ONE_WAY)
    .refine(...APPID_NEEDED)
    .refine(...SERVICE_ID_NEEDED)
    .refine(...ENCRYPTED_UNLESS_SAID),
).transform((given) => ({ ...given, services: allIn(given), codec: codecOf(given) }));

const worker = {
  ...verification,
  ...codec,
  WECHATPAY_PRIVATE_KEY_FILE: PrivateKey,
  /** For its end alone: what is signed names it by its serial. */
  WECHATPAY_MERCHANT_CERTIFICATE_FILE: CertificatePem.optional(),
  WECHATPAY_APIV3_KEY_FILE: ApiV3Key,
  WECHATPAY_CALLS_PER_SECOND: CallsPerSecond,
  WECHATPAY_APIV2_KEY_FILE: ApiV2Key.optional(),
  WECHATPAY_BASE_URL: BaseUrl.default(WECHATPAY_URL),
  WECHATPAY_BACKUP_URL: BaseUrl.optional(),
  WECHATPAY_PROXY_URL: ProxyUrl.optional(),
  POLL_DELAYS: Durations.optional(),
  ...delivery,
  REPORT_FOLDER: ReportFolder,
  /** After the bill's day; for ever unless given. */
  REPORT_RETENTION_DAYS: Days.optional(),
  BILL_RETENTION_DAYS: Days.optional(),
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: port(3001),
  OTEL_EXPORTER_OTLP_ENDPOINT: CollectorUrl.optional(),
  OPERATOR_LANGUAGE: OperatorLanguage,
  LOG_LEVEL: LogLevel,
};

/** Of another one the end would say nothing. */
const OWN_CERTIFICATE = [
  ({
    WECHATPAY_MERCHANT_CERTIFICATE_FILE: pem,
    WECHATPAY_PRIVATE_KEY_FILE: key,
    WECHATPAY_SERIAL_NO: serial,
  }: Given) => {
    if (typeof pem !== 'string' || !(key instanceof KeyObject)) return true;
    const certificate = new X509Certificate(pem);
    return certificate.checkPrivateKey(key) && certificate.serialNumber === serial;
  },
  {
    path: ['WECHATPAY_MERCHANT_CERTIFICATE_FILE'],
    error: 'is not the certificate of WECHATPAY_PRIVATE_KEY_FILE and WECHATPAY_SERIAL_NO',
    when: () => true,
  },
] satisfies [unknown, object];

const Worker = withKeys(
  z
    .object(worker)
    .refine(
      (given: Given) =>
        given['WECHATPAY_PROXY_URL'] === undefined ||
        ['WECHATPAY_BASE_URL', 'WECHATPAY_BACKUP_URL'].every(
          (name) => !String(given[name]).startsWith('http:'),
        ),
      {
        path: ['WECHATPAY_PROXY_URL'],
        error: 'is for https: WECHATPAY_BASE_URL and WECHATPAY_BACKUP_URL must be',
        when: () => true,
      },
    )
    .refine(...OWN_CERTIFICATE)
    .refine(...SIGNED)
    .refine(...ENCRYPTED_UNLESS_SAID),
).transform((given) => ({
  ...given,
  codec: codecOf(given),
  receiver: receiverOf(given),
  WECHATPAY_BACKUP_URL: backupUrlOf(given),
}));

/** Whoever names another host than WeChat Pay's has no backup that we know. */
export function backupUrlOf(given: {
  readonly WECHATPAY_BASE_URL?: string | undefined;
  readonly WECHATPAY_BACKUP_URL?: string | undefined;
}): string | undefined {
  const { WECHATPAY_BASE_URL: base, WECHATPAY_BACKUP_URL: backup } = given;
  return backup ?? (base === WECHATPAY_URL ? WECHATPAY_BACKUP_URL : undefined);
}

const SCHEDULED = { WECHATPAY_MCHID: verification.WECHATPAY_MCHID, ...services };

const migrate = {
  ...codec,
  /** Finished orders stay readable for so long; bills reach back three months. */
  TEMPORAL_RETENTION_DAYS: z.coerce.number().int().min(1).default(120),
  OPERATOR_LANGUAGE: OperatorLanguage,
  LOG_LEVEL: LogLevel,
  WECHATPAY_SIMULATOR,
  ...events,
  ...z.object(SCHEDULED).partial().shape,
};

/** Each variable by itself, without the rules between them. */
export const SHAPES = { api, worker, migrate } as const;

/** What each program reads, beside Temporal's own variables. */
export const VARIABLES = {
  api: Object.keys(api),
  worker: Object.keys(worker),
  migrate: Object.keys(migrate),
} as const;

const Migrate = z
  .object(migrate)
  .refine(...CALLED_BACK_SAFELY)
  .refine(...ENCRYPTED_WITH_MERCHANT)
  .refine(...ONE_WAY)
  .transform((given, context) => {
    const others = ['WECHATPAY_MCHID', 'WECHATPAY_NOTIFY_URL'].filter((name) => !(name in given));
    const missing = [...others, ...lackingIn(given)];
    const isAny = Object.keys(SCHEDULED).some((name) => name in given);
    for (const name of isAny ? missing : []) {
      const message = 'is needed beside the others, for the daily schedule';
      context.addIssue({ code: 'custom', path: [name], message });
    }
    return {
      ...given,
      codec: codecOf(given),
      /** Whose days are reconciled: with none of the variables, `migrate` prepares the namespace alone. */
      scheduledServices: servicesIn(given),
    };
  });

type Scheduled = z.infer<z.ZodObject<typeof SCHEDULED>>;
type Merchant = Pick<Scheduled, 'WECHATPAY_MCHID' | 'WECHATPAY_NOTIFY_URL'> & Events;
type Events = z.infer<z.ZodObject<typeof events>>;

/** As orders name it. */
function serviceOf(given: Merchant, { appid, service_id }: Pair) {
  return {
    mchid: given.WECHATPAY_MCHID,
    appid,
    service_id,
    notify_url: given.WECHATPAY_NOTIFY_URL,
    ...(given.EVENTS_URL !== undefined && { events: given.EVENTS_ALSO }),
  };
}

/** All of them; undefined where a variable is missing. */
export function servicesIn(
  given: { readonly [Name in keyof Scheduled]?: Scheduled[Name] | undefined } & Partial<Events>,
) {
  const { WECHATPAY_MCHID, WECHATPAY_NOTIFY_URL, EVENTS_URL, EVENTS_ALSO = [] } = given;
  const pairs = pairsIn(given);
  if (WECHATPAY_MCHID === undefined || WECHATPAY_NOTIFY_URL === undefined || !pairs)
    return undefined;
  const merchant = { WECHATPAY_MCHID, WECHATPAY_NOTIFY_URL, EVENTS_URL, EVENTS_ALSO };
  const [first, ...others] = pairs;
  return [serviceOf(merchant, first), ...others.map((it) => serviceOf(merchant, it))] as const;
}

function allIn(given: Scheduled & Events) {
  const all = servicesIn(given);
  if (!all) throw new TypeError('the rules above let nothing pass that names no service');
  return all;
}

function isLoopback(host: unknown): boolean {
  return host === undefined || /^(127\.[\d.]+|::1|localhost)$/.test(String(host));
}

function parse<T>(schema: z.ZodType<T>, environment: Environment): T {
  const variables = setIn(environment);
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const missing = variables[String(path[0])] === undefined && message.startsWith('Invalid input');
    return `${path.join('.')} ${missing ? 'is missing' : message}`;
  });
  throw faulty('The configuration', faults);
}

/** An empty variable is how shells and compose files say "not set". */
export function setIn(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function faulty(what: string, faults: readonly string[]): ConfigError {
  const lines = faults.map((fault) => `  ${fault}`);
  return new ConfigError([`${what} has faults:`, ...lines].join('\n'), faults);
}
