/** The environment of `npm run simulator`, read once. */
import * as z from 'zod';
import { KeyMode } from './credentials/key-state.ts';
import { NotifyUrl } from './orders/shared-fields.ts';
import { PolicyChange } from './policies.ts';
import { Preset } from './presets.ts';

/** Without a slash at the end. */
const Address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, ''));

const Environment = z
  .object({
    SIMULATOR_HOST: z.string().default('127.0.0.1'),
    SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(9080),
    SIMULATOR_URL: Address.optional(),
    SIMULATOR_FOLDER: z.string().default('.local/simulator'),
    SIMULATOR_TIME_FACTOR: z.coerce.number().positive().max(1_000_000).optional(),
    SIMULATOR_RISK_CAP: z.coerce.number().int().positive().optional(),
    SIMULATOR_KEY_MODE: KeyMode.optional(),
    SIMULATOR_AUTHORIZATION_NOTIFY_URL: NotifyUrl.optional(),
    SIMULATOR_NOTIFY_URL: NotifyUrl.optional(),
    SIMULATOR_PRESET: Preset.optional(),
    SIMULATOR_POLICIES: z.string().transform(jsonOf).pipe(PolicyChange).optional(),
    SIMULATOR_MERCHANT_API: Address.optional(),
    SIMULATOR_MERCHANT_KEY_FILE: z.string().optional(),
    SIMULATOR_MERCHANT_EVENTS_SECRET_FILE: z.string().optional(),
    SIMULATOR_TEMPORAL_UI: Address.optional(),
    SIMULATOR_TLS_CERT_FILE: z.string().optional(),
    SIMULATOR_TLS_KEY_FILE: z.string().optional(),
  })
  .superRefine(tlsIsWhole);

/** What the program reads. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape);

export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** How others reach it, where that is not the address it listens on. */
  readonly url: string | undefined;
  readonly folder: string;
  readonly timeFactor: number | undefined;
  /** fen */
  readonly riskCap: number | undefined;
  readonly keyMode: KeyMode | undefined;
  readonly authorizationNotifyUrl: string | undefined;
  readonly notifyUrl: string | undefined;
  readonly preset: Preset | undefined;
  readonly policies: PolicyChange | undefined;
  /** Undefined where nobody says where our API is. */
  readonly merchantSide: MerchantSideFiles | undefined;
  /** Undefined for HTTP. */
  readonly tlsFiles: TlsFiles | undefined;
}

/** As in `MerchantSetting`, with names of files in place of secrets. */
export interface MerchantSideFiles {
  readonly api: string;
  readonly keyFile: string | undefined;
  readonly eventsSecretFile: string | undefined;
  readonly temporalUi: string | undefined;
}

/** Names of files in PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** An empty variable is one that is not set. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const read = Environment.parse(Object.fromEntries(set));
  return {
    host: read.SIMULATOR_HOST,
    port: read.SIMULATOR_PORT,
    url: read.SIMULATOR_URL,
    folder: read.SIMULATOR_FOLDER,
    timeFactor: read.SIMULATOR_TIME_FACTOR,
    riskCap: read.SIMULATOR_RISK_CAP,
    keyMode: read.SIMULATOR_KEY_MODE,
    authorizationNotifyUrl: read.SIMULATOR_AUTHORIZATION_NOTIFY_URL,
    notifyUrl: read.SIMULATOR_NOTIFY_URL,
    preset: read.SIMULATOR_PRESET,
    policies: read.SIMULATOR_POLICIES,
    merchantSide: merchantSideOf(read),
    tlsFiles: tlsFilesOf(read),
  };
}

function merchantSideOf(read: z.infer<typeof Environment>): MerchantSideFiles | undefined {
  const api = read.SIMULATOR_MERCHANT_API;
  if (api === undefined) return undefined;
  return {
    api,
    keyFile: read.SIMULATOR_MERCHANT_KEY_FILE,
    eventsSecretFile: read.SIMULATOR_MERCHANT_EVENTS_SECRET_FILE,
    temporalUi: read.SIMULATOR_TEMPORAL_UI,
  };
}

interface TlsVariables {
  readonly SIMULATOR_TLS_CERT_FILE?: string | undefined;
  readonly SIMULATOR_TLS_KEY_FILE?: string | undefined;
}

function tlsFilesOf(read: TlsVariables): TlsFiles | undefined {
  const { SIMULATOR_TLS_CERT_FILE: cert, SIMULATOR_TLS_KEY_FILE: key } = read;
  return cert === undefined || key === undefined ? undefined : { cert, key };
}

function tlsIsWhole(read: TlsVariables, context: z.RefinementCtx): void {
  const names = ['SIMULATOR_TLS_CERT_FILE', 'SIMULATOR_TLS_KEY_FILE'] as const;
  const [missing, ...others] = names.filter((name) => read[name] === undefined);
  if (missing === undefined || others.length > 0) return;
  const message = 'a certificate and its key are set together or not at all';
  context.addIssue({ code: 'custom', path: [missing], message });
}

function jsonOf(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON, as {"notify_url_scheme":"https"}' });
    return z.NEVER;
  }
}
