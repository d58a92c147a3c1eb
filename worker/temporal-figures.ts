/**
 * Temporal's own figures: slots, pollers, latencies, cache. Its core keeps them outside of Node and serves them on a port, which is
 * one of loopback here; the worker's own `/metrics` passes them on.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { TelemetryOptions } from '@temporalio/worker';
import type { Source } from '../process/joined-figures.ts';

const ANSWER_MS = 2_000;
/** Some hundred series for each of our workflows and activities are well below it. */
const MOST_BYTES = 4_000_000;
/** Somebody else may take a free port before the core does. */
const TRIES = 3;

type MetricsOptions = NonNullable<TelemetryOptions['metrics']>;

/**
 * Has the runtime installed with them.
 *
 * @param install throws where the port was taken meanwhile
 * @returns undefined where that failed: then the runtime is still to be installed, without them
 */
export async function withTemporalFigures(
  install: (metrics: MetricsOptions) => void,
): Promise<Source | undefined> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const bindAddress = `127.0.0.1:${await freePort()}`;
    try {
      install({
        prometheus: {
          bindAddress,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      });
      return { name: 'temporal', text: () => textAt(`http://${bindAddress}/metrics`) };
    } catch {
      // Another port, then.
    }
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @throws where it takes too long, or is too long */
export async function textAt(
  url: string,
  { mostBytes = MOST_BYTES, answerMs = ANSWER_MS } = {},
): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
  if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error('longer than any figures are');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
