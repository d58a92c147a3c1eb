/** Where the local stack listens and what it remembers; every default has a variable that moves it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const HOST = '127.0.0.1';

/** One ignored folder for everything: orders, keys, logs. `npm run reset` forgets it. */
export const STATE_FOLDER = process.env.LOCAL_FOLDER || join(ROOT, '.local');
export const SIMULATOR_FOLDER = join(STATE_FOLDER, 'simulator');
export const LOG_FOLDER = join(STATE_FOLDER, 'logs');
export const REPORT_FOLDER = join(STATE_FOLDER, 'reports');
export const CODEC_KEY_FILE = join(STATE_FOLDER, 'codec.key');
export const EVENTS_SECRET_FILE = join(STATE_FOLDER, 'events.secret');
export const DATABASE_FILE = join(STATE_FOLDER, 'temporal.db');

/** Shorter than in production, so that one sees the polling without waiting for a minute. */
export const POLL_DELAYS = process.env.POLL_DELAYS || '10s,20s,1m,5m';

export const PORT_VARIABLES = {
  temporal: 'LOCAL_TEMPORAL_PORT',
  temporalUi: 'LOCAL_TEMPORAL_UI_PORT',
  simulator: 'SIMULATOR_PORT',
  worker: 'WORKER_PORT',
  api: 'API_PORT',
  apiMetrics: 'API_METRICS_PORT',
  receiver: 'EVENTS_PORT',
} as const;

export const PORTS = {
  temporal: portOf('temporal', 7233),
  temporalUi: portOf('temporalUi', 8233),
  simulator: portOf('simulator', 9080),
  worker: portOf('worker', 3001),
  api: portOf('api', 3000),
  apiMetrics: portOf('apiMetrics', 3002),
  receiver: portOf('receiver', 3003),
};

function portOf(part: keyof typeof PORT_VARIABLES, otherwise: number): number {
  return Number(process.env[PORT_VARIABLES[part]] || otherwise);
}
