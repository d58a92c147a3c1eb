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
import { verification, withKeys, type Given } from './keys.ts';
import { temporalFaults, tlsFlagFaults } from './temporal.ts';
import {
  ApiV2Key,
  ApiV3Key,
  BaseUrl,
  CallsPerSecond,
  CertificatePem,
  CollectorUrl,
  Durations,
  EventsUrl,
  Flag,
  listOf,
  LogLevel,
  NotifyUrl,
  Origins,
  port,
  PrivateKey,
  ProxyUrl,
  WebhookSecret,
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

/** Whose orders these are, beside the merchant. */
const service = {
  WECHATPAY_APPID: z.string().regex(/^wx\w{1,30}$/, 'must be an appid, wx…'),
  WECHATPAY_SERVICE_ID: z.string().regex(/^\d{1,32}$/, 'must be up to 32 digits'),
  WECHATPAY_NOTIFY_URL: NotifyUrl,
};

/** Business code is told of what happens to the orders that are opened from now on; of these phases too. */
const events = {
  EVENTS_URL: EventsUrl.optional(),
  EVENTS_ALSO: listOf(
    z.enum(['authorizing', 'in_service', 'paying'], {
      error: 'must be some of authorizing, in_service, paying',
    }),
  ).default([]),
};

const WorkerEvents = z.object({
  EVENTS_URL: EventsUrl.optional(),
  /** The newest first: what is sent is signed with each of them. */
  EVENTS_SECRET_FILES: listOf(WebhookSecret)
    .refine((secrets) => secrets.length <= 2, 'must be at most two')
    .optional(),
});

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
  ...service,
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
    .refine(...ENCRYPTED_UNLESS_SAID),
).transform((given) => ({ ...given, service: serviceOf(given), codec: codecOf(given) }));

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
  ...WorkerEvents.shape,
  REPORT_FOLDER: ReportFolder,
  /** After the bill's day; for ever unless given. */
  REPORT_RETENTION_DAYS: Days.optional(),
  BILL_RETENTION_DAYS: Days.optional(),
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: port(3001),
  OTEL_EXPORTER_OTLP_ENDPOINT: CollectorUrl.optional(),
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
    .refine(
      ({ EVENTS_URL: url, EVENTS_SECRET_FILES: secrets }: Given) =>
        url === undefined || secrets !== undefined,
      {
        path: ['EVENTS_SECRET_FILES'],
        error: 'is needed beside EVENTS_URL: what is sent is signed',
        when: () => true,
      },
    )
    .refine(...ENCRYPTED_UNLESS_SAID),
).transform((given) => ({
  ...given,
  codec: codecOf(given),
  receiver: receiverOf(given),
  WECHATPAY_BACKUP_URL: backupUrlOf(given),
}));

/** Who is told of what happens; undefined where nobody is. */
function receiverOf({
  EVENTS_URL: url,
  EVENTS_SECRET_FILES: secrets,
}: z.infer<typeof WorkerEvents>) {
  return url === undefined || secrets === undefined ? undefined : { url, secrets };
}

/** Whoever names another host than WeChat Pay's has no backup that we know. */
export function backupUrlOf(given: {
  readonly WECHATPAY_BASE_URL?: string | undefined;
  readonly WECHATPAY_BACKUP_URL?: string | undefined;
}): string | undefined {
  const { WECHATPAY_BASE_URL: base, WECHATPAY_BACKUP_URL: backup } = given;
  return backup ?? (base === WECHATPAY_URL ? WECHATPAY_BACKUP_URL : undefined);
}

const { WECHATPAY_MCHID } = verification;
const { WECHATPAY_APPID, WECHATPAY_SERVICE_ID, WECHATPAY_NOTIFY_URL } = service;
const SCHEDULED = { WECHATPAY_MCHID, WECHATPAY_APPID, WECHATPAY_SERVICE_ID, WECHATPAY_NOTIFY_URL };

const migrate = {
  ...codec,
  /** Finished orders stay readable for so long; bills reach back three months. */
  TEMPORAL_RETENTION_DAYS: z.coerce.number().int().min(1).default(120),
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
  .transform((given, context) => {
    const { data: whole } = z.object(SCHEDULED).safeParse(given);
    const missing = Object.keys(SCHEDULED).filter((name) => !(name in given));
    const isPartly = missing.length > 0 && missing.length < Object.keys(SCHEDULED).length;
    for (const name of isPartly ? missing : []) {
      const message = 'is needed beside the others, for the daily schedule';
      context.addIssue({ code: 'custom', path: [name], message });
    }
    return {
      ...given,
      codec: codecOf(given),
      /** Whose days are reconciled: with none of the variables, `migrate` prepares the namespace alone. */
      scheduledService: whole && serviceOf({ ...given, ...whole }),
    };
  });

/** As orders name it. */
function serviceOf(
  given: z.infer<z.ZodObject<typeof SCHEDULED>> & z.infer<z.ZodObject<typeof events>>,
) {
  return {
    mchid: given.WECHATPAY_MCHID,
    appid: given.WECHATPAY_APPID,
    service_id: given.WECHATPAY_SERVICE_ID,
    notify_url: given.WECHATPAY_NOTIFY_URL,
    ...(given.EVENTS_URL !== undefined && { events: given.EVENTS_ALSO }),
  };
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
