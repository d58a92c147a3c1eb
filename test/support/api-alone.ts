/** The API without anybody behind it: for what it answers by itself. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp, type ApiParts } from '../../api/app.ts';
import { createMetrics } from '../../process/metrics.ts';
import { testCodec } from './codec.ts';
import { EN } from '../../words/en.ts';

export function apiAlone() {
  const service = { mchid: '1900000001', appid: 'wx1', service_id: '500001', notify_url: '' };
  return createApp({
    temporal: {
      client: { options: { namespace: 'default' } },
      mchid: service.mchid,
      taskQueue: '',
      words: EN,
    },
    services: [service],
    opener: { apiV3Keys: { current: Buffer.alloc(32) } },
    apiKeys: { find: () => undefined, named: () => undefined },
    codec: { codec: testCodec(), secret: 'secret', origins: [] },
    admit: () => Promise.reject(new Error('nobody is there')),
    reports: {},
    metrics: createMetrics(),
    logger: pino({ enabled: false }),
  } as unknown as ApiParts);
}

export async function listening(app = apiAlone()) {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
