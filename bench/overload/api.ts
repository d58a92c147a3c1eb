/** The program `api` as it would be without admission: everybody is let in at once. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import { connectionTo } from '../../api/connection.ts';
import { watchApiKeys } from '../../api/http/api-keys.ts';
import { createDoor } from '../../api/door/server.ts';
import { apiConfig, temporalConfig } from '../../config/programs.ts';
import { createMetrics } from '../../process/metrics.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../../temporal/codec/payload-codec.ts';
import { createReportStore } from '../../reconciliation/report/store.ts';
import { taskQueueOf } from '../../workflows/contract.ts';
import { EN } from '../../words/en.ts';

const config = apiConfig(process.env);
const { connectionOptions, namespace } = temporalConfig(process.env);
const logger = pino({ name: 'api', level: config.LOG_LEVEL });
const codec = createPayloadCodec(config.codec);
const connection = connectionTo(connectionOptions);
const app = createApp({
  temporal: {
    client: new Client({
      connection,
      namespace,
      dataConverter: dataConverterOf(codec),
    }),
    taskQueue: taskQueueOf(config.WECHATPAY_MCHID),
    mchid: config.WECHATPAY_MCHID,
    words: EN,
  },
  services: config.services,
  opener: {
    keys: config.verificationKeys,
    now: () => new Date(),
    apiV3Keys: { current: config.WECHATPAY_APIV3_KEY_FILE },
  },
  apiKeys: config.API_KEYS_FILE && watchApiKeys(config.API_KEYS_FILE, logger),
  codec: { codec, secret: config.codec.secrets[0], origins: [] },
  admit: (_what, work) => work(),
  reports: createReportStore(join(config.REPORT_FOLDER, config.WECHATPAY_MCHID)),
  metrics: createMetrics(),
  logger,
});
const server = createDoor({ onClosed: () => undefined });
server.on('request', app);
server.listen(config.API_PORT, config.API_HOST);
await once(server, 'listening');
logger.info('api listens');

await once(process, 'SIGTERM');
server.close();
server.closeAllConnections();
await connection.close();
