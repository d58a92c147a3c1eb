/** The program `api`: takes requests of business code and notifications of WeChat Pay. Holds no key that signs. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { pino, type Logger } from 'pino';
import { createAdmission } from './admission/admission.ts';
import { createTaking } from './admission/taking.ts';
import { createApp } from './app.ts';
import { createCertificateQuestion } from './certificates.ts';
import { connectionTo } from './connection.ts';
import { closedFor } from './door/closed.ts';
import { createDoor } from './door/server.ts';
import { watchApiKeys } from './http/api-keys.ts';
import { isTemporalThere } from './http/readiness.ts';
import { temporalSpans } from './temporal-spans.ts';
import { keepSurveying } from './survey.ts';
import { keyEndsOf } from '../config/key-ends.ts';
import { apiConfig, temporalConfig } from '../config/programs.ts';
import { joined } from '../process/joined-figures.ts';
import { createMetrics } from '../process/metrics.ts';
import { createMetricsServer } from '../process/metrics-server.ts';
import { runProgram } from '../process/run.ts';
import { startTracing } from '../process/tracing.ts';
import { createReportStore } from '../reconciliation/report/store.ts';
import type { Temporal } from '../temporal/client.ts';
import { dataConverterOf } from '../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../temporal/codec/payload-codec.ts';
import { whyUnreachable, type Door } from '../temporal/unreachable.ts';
import { REFRESH_MS } from '../wechatpay/refresh.ts';
import { taskQueueOf } from '../workflows/contract.ts';
import { wordsIn } from '../words/catalogue.ts';

const GRACE_MS = 10_000;

await runProgram(main);

async function main(): Promise<void> {
  const config = apiConfig(process.env);
  const { connectionOptions, namespace } = temporalConfig(process.env);
  const logger = pino({ name: 'api', level: config.LOG_LEVEL });

  const tracing = await startTracing('api', config.OTEL_EXPORTER_OTLP_ENDPOINT, logger);

  const isToldToEnd = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const connection = connectionTo(connectionOptions);
  const taking = createTaking();
  const metrics = createMetrics();
  const codec = createPayloadCodec({ ...config.codec, onUse: metrics.countCodecUse });
  const client = new Client({
    connection,
    namespace,
    dataConverter: dataConverterOf(codec),
    interceptors: { workflow: [...(tracing ? [temporalSpans] : []), taking.interceptor] },
  });
  const temporal = {
    client,
    taskQueue: taskQueueOf(config.WECHATPAY_MCHID),
    mchid: config.WECHATPAY_MCHID,
    words: wordsIn(config.OPERATOR_LANGUAGE),
  };
  const keys = config.verificationKeys;
  const now = () => new Date();
  const isDownloaded = config.WECHATPAY_CERTIFICATES === 'download';
  const refresh = isDownloaded
    ? createCertificateQuestion({ temporal, keys, now, logger })
    : undefined;
  const background = refresh && setInterval(() => void refresh(), REFRESH_MS);
  metrics.watchKeyEnds(() =>
    keyEndsOf({
      platformCertificates: keys.certificates(now()),
      previousApiV3Key: config.previousApiV3Key,
      temporalTls: connectionOptions.tls,
    }),
  );
  const apiKeys = config.API_KEYS_FILE && watchApiKeys(config.API_KEYS_FILE, logger);
  const app = createApp({
    temporal,
    services: config.services,
    opener: {
      keys,
      now,
      refresh,
      onUnverified: metrics.countUnverified('notification'),
      apiV3Keys: { current: config.WECHATPAY_APIV3_KEY_FILE, previous: config.previousApiV3Key },
    },
    apiKeys,
    codec: { codec, secret: config.codec.secrets[0], origins: config.CODEC_ORIGINS },
    openingsMayExist: config.OPENINGS_MAY_EXIST,
    admit: createAdmission({ temporal, taking, metrics }),
    reports: createReportStore(join(config.REPORT_FOLDER, config.WECHATPAY_MCHID)),
    metrics,
    isTraced: tracing !== undefined,
    logger,
  });
  const figures = createMetricsServer(joined(metrics, [{ name: 'api', text: metrics.text }]));
  figures.listen(config.API_METRICS_PORT, config.API_METRICS_HOST);
  await once(figures, 'listening');
  const server = createDoor({ onClosed: closedFor('connections', { metrics, logger }) });
  server.on('request', app);
  server.listen(config.API_PORT, config.API_HOST);
  await once(server, 'listening');
  logger.info({ host: config.API_HOST, port: config.API_PORT }, 'api listens');
  void tellWhereAway(temporal, connectionOptions, logger);
  void refresh?.();
  const ending = new AbortController();
  void keepSurveying(temporal, config.services, metrics, ending.signal);

  await isToldToEnd;
  // Stop listening, let the requests that are running finish, then let go of Temporal.
  ending.abort();
  apiKeys?.stop();
  clearInterval(background);
  server.close();
  server.closeIdleConnections();
  // Longer than any answer takes: who has not even sent a whole request by then is not waited for.
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  await once(server, 'close');
  figures.close();
  figures.closeAllConnections();
  await connection.close();
  await tracing?.end();
  logger.info('api ended');
}

async function tellWhereAway(temporal: Temporal, door: Door, logger: Logger): Promise<void> {
  if (await isTemporalThere(temporal)) return;
  const reason = await whyUnreachable(door, temporal.client.options.namespace);
  logger.warn(
    { address: door.address, reason },
    'Temporal cannot be reached; requests get 503 until it answers',
  );
}
