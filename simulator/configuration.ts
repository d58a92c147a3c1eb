/** The environment of `npm run simulator`, read once. */
import * as z from 'zod';
import { KeyMode } from './credentials/key-state.ts';
import { NotifyUrl } from './orders/shared-fields.ts';

const Environment = z.object({
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(9080),
  SIMULATOR_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  SIMULATOR_FOLDER: z.string().default('.local/simulator'),
  SIMULATOR_TIME_FACTOR: z.coerce.number().positive().max(1_000_000).optional(),
  SIMULATOR_RISK_CAP: z.coerce.number().int().positive().optional(),
  SIMULATOR_KEY_MODE: KeyMode.optional(),
  SIMULATOR_AUTHORIZATION_NOTIFY_URL: NotifyUrl.optional(),
});

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
  };
}
