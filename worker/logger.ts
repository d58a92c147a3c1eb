/** One log for the worker: ours and Temporal's, as JSON lines. */
import {
  DefaultLogger,
  type LogLevel,
  type Logger as TemporalLogger,
  type RuntimeOptions,
  type TelemetryOptions,
} from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import { pino, type Logger } from 'pino';
import { orderFactsOf } from './order-facts.ts';
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
export function runtimeOptionsOf(
  logger: Logger,
  telemetry: Pick<TelemetryOptions, 'metrics'> = {},
): RuntimeOptions {
  const logging = { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } as const;
  return { logger: temporalLogger(logger), telemetryOptions: { logging, ...telemetry } };
}

/** No worker has Nexus services, and that of events carries out no workflow. */
const NOT_AMISS = /^No (Nexus services|workflows) registered/;

/** While Temporal is away, every poller says so several times a second. */
const RETRIES_EVERY_MS = 10_000;

/** Temporal's own messages, through the same log. */
function temporalLogger(logger: Logger): TemporalLogger {
  const sparing = createSparingLog(logger, RETRIES_EVERY_MS);
  return new DefaultLogger('DEBUG', ({ level, message, meta }) => {
    if (NOT_AMISS.test(message)) return;
    if (meta?.['target'] !== 'temporalio_client::retry') {
      logger[PINO_LEVEL[level]](plain(meta), message);
      return;
    }
    const facts = { reason: String(meta['error']), detail: message };
    sparing.warn(facts, 'a call of Temporal failed and is made again');
  });
}

/**
 * Errors by name and message only: Temporal attaches whole objects, and stacks may quote arguments. What is about an order names
 * it, as our own lines do.
 */
export function plain(meta: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { taskToken: _taskToken, workflowId, runId, workflowRunId = runId, ...others } = meta;
  const isOfRun = typeof workflowId === 'string' && typeof workflowRunId === 'string';
  const facts = Object.entries(others).map(([name, value]) => [
    name,
    value instanceof Error ? reasonOf(value) : value,
  ]);
  return {
    ...Object.fromEntries(facts),
    ...(isOfRun && { workflow_id: workflowId, ...orderFactsOf(workflowId, workflowRunId) }),
    ...requestIdIn(meta['error']),
  };
}

/** WeChat Pay's, of what it refused. */
function requestIdIn(error: unknown): { readonly request_id?: string } {
  const [refusal] = error instanceof ApplicationFailure ? (error.details ?? []) : [];
  const id = (refusal as { request_id?: unknown } | undefined)?.request_id;
  return typeof id === 'string' && id !== '' ? { request_id: id } : {};
}

/** For people; never a stack, which may quote arguments. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
