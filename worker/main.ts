/** The program `worker`: carries orders out. The only process that calls WeChat Pay and holds the merchant's key. */
import { once } from 'node:events';
import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { lackingCodecKey } from './codec-keys.ts';
import { connect } from './connect.ts';
import { createContact, keepContact } from './wechatpay-probe.ts';
import { createCallLog } from './call-log.ts';
import { createWorker } from './create.ts';
import { createEventsWorkers } from './events.ts';
import { runTogether } from './run-together.ts';
import { createClock } from './clock.ts';
import { createClockWatch } from './clock-watch.ts';
import { createFigureSinks } from './figure-sinks.ts';
import { createLogger, reasonOf, runtimeOptionsOf } from './logger.ts';
import { createProbe } from './health.ts';
import { activitySpans, noteCallSpan } from './spans.ts';
import { withTemporalFigures } from './temporal-figures.ts';
import { keyEndsOf } from '../config/key-ends.ts';
import { ConfigError, temporalConfig, workerConfig } from '../config/programs.ts';
import { joined } from '../process/joined-figures.ts';
import { createMetrics } from '../process/metrics.ts';
import { runProgram } from '../process/run.ts';
import { startTracing } from '../process/tracing.ts';
import { createPayloadCodec } from '../temporal/codec/payload-codec.ts';
import { whyUnreachable, type Door } from '../temporal/unreachable.ts';
import { createClient } from '../wechatpay/client.ts';
import { createSender } from '../webhooks/sender.ts';
import { taskQueueOf } from '../workflows/contract.ts';

await runProgram(main);

async function main(): Promise<void> {
  const config = workerConfig(process.env);
  const { connectionOptions, namespace } = temporalConfig(process.env);
  const logger = createLogger('worker', config.LOG_LEVEL);
  // Temporal's runtime also ends the worker on SIGTERM and SIGINT: it drains, then `run` returns.
  const temporalFigures = await withTemporalFigures((figures) => {
    Runtime.install(runtimeOptionsOf(logger, { metrics: figures }));
  });
  if (!temporalFigures) {
    logger.warn('Temporal’s own figures cannot be served: no port of loopback is free for them');
    Runtime.install(runtimeOptionsOf(logger));
  }

  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort());

  const tracing = await startTracing('worker', config.OTEL_EXPORTER_OTLP_ENDPOINT, logger);
  const metrics = createMetrics();
  const clocks = createClockWatch(metrics);
  const contact = createContact();
  const logCall = createCallLog(logger);
  const wechatpay = createClient({
    baseUrl: config.WECHATPAY_BASE_URL,
    backupUrl: config.WECHATPAY_BACKUP_URL,
    proxyUrl: config.WECHATPAY_PROXY_URL,
    merchant: {
      mchid: config.WECHATPAY_MCHID,
      serial: config.WECHATPAY_SERIAL_NO,
      privateKey: config.WECHATPAY_PRIVATE_KEY_FILE,
    },
    keys: config.verificationKeys,
    now: () => new Date(),
    certificates: certificatesOf(config, logger),
    onUnverified: metrics.countUnverified('answer'),
    onClock: clocks.wechatpay,
    onEnd: contact.note,
    onCall(end) {
      metrics.countCall(end);
      logCall(end);
      if (tracing) noteCallSpan(end);
    },
  });
  const codec = createPayloadCodec({ ...config.codec, onUse: metrics.countCodecUse });
  metrics.watchKeyEnds(() =>
    keyEndsOf({
      platformCertificates: wechatpay.platformCertificates(),
      merchantCertificate: config.WECHATPAY_MERCHANT_CERTIFICATE_FILE,
      previousApiV3Key: config.previousApiV3Key,
      temporalTls: connectionOptions.tls,
    }),
  );
  let isReady = false;
  const whyUnready = () =>
    isReady ? (clocks.fault() ?? contact.fault()) : 'It does not take tasks yet, or no more.';
  const sources = [{ name: 'worker', text: metrics.text }];
  if (temporalFigures) sources.push(temporalFigures);
  const probe = createProbe({ whyUnready, metrics: joined(metrics, sources) });
  probe.listen(config.WORKER_PORT, config.WORKER_HOST);
  await once(probe, 'listening');

  const connection = await connect(connectionOptions, namespace, logger, ending.signal).catch(
    () => undefined,
  );
  try {
    if (connection) {
      const keys = {
        client: new Client({ connection, namespace }),
        taskQueue: taskQueueOf(config.WECHATPAY_MCHID),
        keyIds: codec.keyIds,
      };
      const lacking = await lackingCodecKey(keys, logger, ending.signal);
      if (lacking !== undefined) throw new ConfigError(lackingKey(lacking));
    }
    if (connection && !ending.signal.aborted) {
      const worker = await createWorker({
        connection,
        namespace,
        codec,
        mchid: config.WECHATPAY_MCHID,
        wechatpay,
        opener: {
          keys: config.verificationKeys,
          apiV3Keys: {
            current: config.WECHATPAY_APIV3_KEY_FILE,
            previous: config.previousApiV3Key,
          },
          onUnverified: metrics.countUnverified('notification'),
          refresh: wechatpay.refreshCertificates,
        },
        language: config.OPERATOR_LANGUAGE,
        ...(tracing && { spans: activitySpans }),
        clock: createClock(
          (both) => {
            logger.warn(
              both,
              'this worker’s clock and Temporal’s are apart: set the clock right, unless the worker was only stopped for so long',
            );
          },
          Date.now,
          clocks.temporal,
        ),
        figures: createFigureSinks({ metrics, logger }),
        callsPerSecond: config.WECHATPAY_CALLS_PER_SECOND,
        pollDelaysMs: config.POLL_DELAYS,
        apiV2Key: config.WECHATPAY_APIV2_KEY_FILE,
        reportFolder: config.REPORT_FOLDER,
        retention: {
          reportDays: config.REPORT_RETENTION_DAYS,
          billDays: config.BILL_RETENTION_DAYS,
        },
      });
      const sender = config.receiver && createSender(config.receiver);
      const eventsWorkers = await createEventsWorkers({
        ...{ connection, namespace, codec, mchid: config.WECHATPAY_MCHID, sender },
        language: config.OPERATOR_LANGUAGE,
        onDelivery: metrics.countDelivery,
        delaysMs: config.EVENTS_DELAYS,
      });
      const { WECHATPAY_BASE_URL: url } = config;
      const asking = keepContact(wechatpay, contact, url, logger, ending.signal);
      isReady = true;
      await runTogether([worker, ...eventsWorkers]).finally(() => {
        isReady = false;
        ending.abort();
      });
      await sender?.close();
      await asking;
    }
  } catch (error) {
    throw await explained(error, connectionOptions, namespace);
  } finally {
    await connection?.close();
    await wechatpay.close();
    probe.close();
    await tracing?.end();
  }
  logger.info('worker ended');
}

/** Where the platform certificates are downloaded: with which keys they are opened, and who is told of a failure. */
function certificatesOf(config: ReturnType<typeof workerConfig>, logger: Logger) {
  const { WECHATPAY_CERTIFICATES: source, WECHATPAY_APIV3_KEY_FILE: current } = config;
  if (source !== 'download') return undefined;
  return {
    apiV3Keys: { current, previous: config.previousApiV3Key },
    onFailure(error: unknown) {
      logger.warn({ reason: reasonOf(error) }, 'the platform certificates could not be downloaded');
    },
  };
}

function lackingKey(keyId: string): string {
  return (
    `Temporal has orders that go on and are encrypted under the codec key ${keyId}, which CODEC_KEY_FILES does not hold: ` +
    'add its file behind the newest. Nothing is lost meanwhile.'
  );
}

/** Temporal tells only when the worker comes to poll. */
async function explained(error: unknown, door: Door, namespace: string): Promise<unknown> {
  const reason = await whyUnreachable(door, namespace);
  if (reason !== undefined) return new ConfigError(`${reason}.`);
  const message = error instanceof Error ? error.message : '';
  if (!/namespace .*not found/i.test(message)) return error;
  return new ConfigError(`Temporal has no namespace ${namespace}: run the program migrate first.`);
}
