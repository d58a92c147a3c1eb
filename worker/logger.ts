/** One log for the worker: ours and Temporal's, as JSON lines. */
import {
  DefaultLogger,
  type LogLevel,
  type Logger as TemporalLogger,
  type RuntimeOptions,
} from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { createSparingLog } from '../process/sparing-log.ts';

const PINO_LEVEL = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** @param name of the program */
export function createLogger(name: 'worker' | 'migrate', level: string): Logger {
  return pino({ name, level });
}

/** What Temporal's core says goes the same way: left to itself it writes coloured text. */
export function runtimeOptionsOf(logger: Logger): RuntimeOptions {
  return {
    logger: temporalLogger(logger),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
  };
}

/** While Temporal is away, every poller says so several times a second. */
const RETRIES_EVERY_MS = 10_000;

/** Temporal's own messages, through the same log. */
function temporalLogger(logger: Logger): TemporalLogger {
  const sparing = createSparingLog(logger, RETRIES_EVERY_MS);
  return new DefaultLogger('DEBUG', ({ level, message, meta }) => {
    if (message.startsWith('No Nexus services registered')) return; // nor will there ever be
    if (meta?.['target'] !== 'temporalio_client::retry') {
      logger[PINO_LEVEL[level]](plain(meta), message);
      return;
    }
    const facts = { reason: String(meta['error']), detail: message };
    sparing.warn(facts, 'a call of Temporal failed and is made again');
  });
}

/** Errors by name and message only: Temporal attaches whole objects, and stacks may quote arguments. */
function plain(meta: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta).map(([name, value]) => [
      name,
      value instanceof Error ? reasonOf(value) : value,
    ]),
  );
}

/** For people; never a stack, which may quote arguments. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
