/** All that any program reads, each variable by itself: a fault of one hides nothing of the others from `doctor`. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { codecOf } from './codec.ts';
import { pairsIn, type Pair } from './services.ts';
import {
  apiConfig,
  backupUrlOf,
  ConfigError,
  migrateConfig,
  servicesIn,
  setIn,
  SHAPES,
  temporalConfig,
  workerConfig,
  type Environment,
} from './programs.ts';

const SHAPE = {
  ...SHAPES.migrate,
  ...SHAPES.worker,
  ...SHAPES.api,
};

/** Beside Temporal's own. */
export const DOCTOR_VARIABLES = Object.keys(SHAPE);

export type Values = Partial<z.infer<z.ZodObject<typeof SHAPE>>>;
export type Variable = keyof Values;

export interface DoctorConfig {
  /** Those that are set and can be used, and defaults. */
  readonly values: Values;
  readonly isSet: (variable: Variable) => boolean;
  /** Those that can be used; of which merchant they are may not be known. */
  readonly pairs: readonly Pair[];
  /** As orders name them; undefined where a variable of theirs is missing. */
  readonly services: ReturnType<typeof servicesIn>;
  /** For each program what it would say at its start; undefined for one that is configured elsewhere. */
  readonly programs: Readonly<Record<Program, readonly string[] | undefined>>;
  /** As the codec takes it; undefined where its keys cannot be used. */
  readonly codec: ReturnType<typeof codecOf> | undefined;
  /** Where Temporal is, or the faults of that. */
  readonly temporal: ReturnType<typeof temporalConfig> | readonly string[];
  readonly files: readonly NamedFile[];
}

export type Program = 'worker' | 'api' | 'migrate';

export interface NamedFile {
  readonly variable: string;
  readonly path: string;
  /** Nobody else may read it. */
  readonly isSecret: boolean;
}

export function doctorConfig(environment: Environment): DoctorConfig {
  const given = setIn(environment);
  const variables = withMerchantCertificate(given);
  const values = valuesIn(variables);
  return {
    values: { ...values, WECHATPAY_BACKUP_URL: backupUrlOf(values) },
    isSet: (variable) => variables[variable] !== undefined,
    pairs: pairsIn(values) ?? [],
    services: servicesIn(values),
    programs: programsIn(given),
    codec: codecIn(values, variables),
    temporal: temporalIn(variables),
    files: filesIn(variables),
  };
}

/** WeChat's tool makes it beside the private key, under this name. */
function withMerchantCertificate(variables: Record<string, string>): Record<string, string> {
  const { WECHATPAY_PRIVATE_KEY_FILE: key } = variables;
  if (key === undefined) return variables;
  const beside = join(dirname(key), 'apiclient_cert.pem');
  return existsSync(beside)
    ? { WECHATPAY_MERCHANT_CERTIFICATE_FILE: beside, ...variables }
    : variables;
}

function valuesIn(variables: Record<string, string>): Values {
  const parsed = Object.entries(SHAPE).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(variables[name]);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  return Object.fromEntries(parsed) as Values;
}

/** Those that one program alone must have tell whether this is its configuration, or another's. */
const TELLING = {
  worker: ['WECHATPAY_PRIVATE_KEY_FILE'],
  api: [
    ...['WECHATPAY_APPID', 'WECHATPAY_SERVICE_ID', 'WECHATPAY_SERVICES'],
    ...['WECHATPAY_NOTIFY_URL', 'API_KEYS_FILE'],
  ],
} as const;

/** Where nothing tells whose it is, it is meant to be everybody's. */
function programsIn(variables: Record<string, string>): DoctorConfig['programs'] {
  const isTold = (program: keyof typeof TELLING) =>
    TELLING[program].some((name) => variables[name] !== undefined);
  const isElsewhere = (program: keyof typeof TELLING) =>
    !isTold(program) && isTold(program === 'worker' ? 'api' : 'worker');
  return {
    worker: isElsewhere('worker') ? undefined : faultsOf(() => workerConfig(variables)),
    api: isElsewhere('api') ? undefined : faultsOf(() => apiConfig(variables)),
    // Of WeChat Pay it reads what the API reads.
    migrate: isElsewhere('api') ? undefined : faultsOf(() => migrateConfig(variables)),
  };
}

function codecIn(values: Values, variables: Record<string, string>): DoctorConfig['codec'] {
  const { CODEC_KEY_FILES, CODEC_ENCRYPTION = 'on' } = values;
  const isLacking = variables['CODEC_KEY_FILES'] !== undefined || CODEC_ENCRYPTION === 'on';
  if (CODEC_KEY_FILES === undefined && isLacking) return undefined;
  return codecOf({ CODEC_KEY_FILES, CODEC_ENCRYPTION });
}

function temporalIn(variables: Record<string, string>): DoctorConfig['temporal'] {
  try {
    return temporalConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

function faultsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const PUBLIC = /CERT|PUBLIC_KEY|API_KEYS/;

function filesIn(variables: Record<string, string>): NamedFile[] {
  const named = Object.entries(variables).filter(
    ([name]) =>
      (name in SHAPE && /_FILES?$/.test(name)) || /^TEMPORAL_TLS_[A-Z_]+_PATH$/.test(name),
  );
  return named.flatMap(([variable, list]) =>
    list.split(',').map((path) => ({
      variable,
      path: resolve(path.trim()),
      isSecret: !PUBLIC.test(variable),
    })),
  );
}
