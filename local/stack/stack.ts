/** Temporal, the simulator, the worker and the API on this machine, each a process of its own. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporalConfig } from '../../config/programs.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../../temporal/codec/payload-codec.ts';
import { keepCodecKey, keepEventsSecret } from './kept-secret.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { keepPrivate } from './private.ts';
import { requirePort } from './port.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import {
  CODEC_KEY_FILE,
  DATABASE_FILE,
  EVENTS_SECRET_FILE,
  HOST,
  POLL_DELAYS,
  PORT_VARIABLES,
  PORTS,
  REPORT_FOLDER,
  SIMULATOR_FOLDER,
  STATE_FOLDER,
} from './settings.ts';
import { LANGUAGE } from './language.ts';
import { supervise, urlOf, type Part, type Supervised } from './supervised.ts';
import { padded } from '../../doctor/columns.ts';
import { words } from './words.ts';
import { startTemporal } from '../servers/temporal-server.ts';
import { wordsIn } from '../../words/catalogue.ts';

export interface Stack {
  readonly apiUrl: string;
  readonly simulatorUrl: string;
  /** Temporal's web UI; undefined for a server that ran already. */
  readonly uiUrl: string | undefined;
  readonly namespace: string;
  readonly mchid: string;
  /** Business code, as far as it is told what happens. */
  readonly receiver: Receiver;
  /** The API first, Temporal last. */
  stop(): Promise<void>;
}

export interface StackSettings {
  /** Between the questions whether an order was paid; by default as POLL_DELAYS says. */
  readonly pollDelays?: string | undefined;
}

/** @throws {SetupError} which says what stands in the way; whatever had been started is stopped again */
export async function startStack(
  tell: (what: string) => void,
  { pollDelays = POLL_DELAYS }: StackSettings = {},
): Promise<Stack> {
  const started: Pick<Supervised, 'stop'>[] = [];
  const tellOf = (who: string, what: string) => tell(`${padded(who, 10)} ${what}`);
  const run = async (part: Part, what: string) => {
    const supervised = await supervise(part);
    started.push(supervised);
    tellOf(part.name, words.stack.started(supervised.pid, what));
  };
  const stop = async () => {
    for (const part of started.toReversed()) await part.stop();
  };
  try {
    for (const part of ['simulator', 'worker', 'api', 'receiver'] as const) {
      await requirePort({ ip: HOST, port: PORTS[part], variable: PORT_VARIABLES[part] });
    }

    await keepPrivate(STATE_FOLDER);
    const apiUrl = urlOf(PORTS.api);
    const temporal = await startTemporal({
      codecEndpoint: `${apiUrl}/codec`,
      port: PORTS.temporal,
      uiPort: PORTS.temporalUi,
      portVariable: PORT_VARIABLES.temporal,
      uiPortVariable: PORT_VARIABLES.temporalUi,
      databaseFile: DATABASE_FILE,
    });
    started.push(temporal);
    const secret = await keepEventsSecret(EVENTS_SECRET_FILE);
    const simulatorUrl = urlOf(PORTS.simulator);
    const onward = `${simulatorUrl}/merchant/events`;
    const receiver = await startReceiver({ ip: HOST, port: PORTS.receiver, secret, onward });
    started.push(receiver);
    const env = {
      EVENTS_URL: receiver.url,
      TEMPORAL_ADDRESS: temporal.address,
      CODEC_KEY_FILES: CODEC_KEY_FILE,
      OPERATOR_LANGUAGE: process.env.OPERATOR_LANGUAGE || LANGUAGE,
      REPORT_FOLDER,
    };
    const codec = createPayloadCodec({
      secrets: [await keepCodecKey(CODEC_KEY_FILE)],
      encrypts: true,
    });
    const { connectionOptions, namespace } = temporalConfig({ ...process.env, ...env });
    const connection = await Connection.connect(connectionOptions);
    started.push({ stop: () => connection.close() });
    await prepareNamespace(connection, { namespace, retentionDays: 120 });
    tellOf(words.who.business, words.stack.receiver(receiver.url));
    tellOf('Temporal', words.stack.temporal(temporal.address, temporal.uiUrl));

    await run(
      {
        name: 'simulator',
        main: 'simulator/main.ts',
        env: {
          SIMULATOR_PORT: String(PORTS.simulator),
          SIMULATOR_FOLDER,
          SIMULATOR_MERCHANT_API: apiUrl,
          SIMULATOR_MERCHANT_EVENTS_SECRET_FILE: EVENTS_SECRET_FILE,
          SIMULATOR_TEMPORAL_UI: temporal.uiUrl && `${temporal.uiUrl}/namespaces/${namespace}`,
        },
        readyUrl: `${simulatorUrl}/_control/clock`,
      },
      words.stack.simulator(simulatorUrl),
    );

    const merchant = await merchantOf(SIMULATOR_FOLDER);
    const wechatpay = wechatpayVariables(merchant, apiUrl);
    const { mchid, appid, service_id } = merchant;
    const service = {
      ...{ mchid, appid, service_id, notify_url: notifyUrlOf(apiUrl) },
      events: [],
    };
    // A morning that was slept through is not made up for beside the story.
    const client = new Client({ connection, namespace, dataConverter: dataConverterOf(codec) });
    await prepareDailySchedule(client, [service], {
      words: wordsIn(LANGUAGE),
      catchupWindow: '10 seconds',
    });
    await run(
      {
        name: 'worker',
        main: 'worker/main.ts',
        env: {
          ...env,
          ...wechatpay.worker,
          POLL_DELAYS: pollDelays,
          EVENTS_SECRET_FILES: EVENTS_SECRET_FILE,
          WORKER_PORT: String(PORTS.worker),
        },
        readyUrl: urlOf(PORTS.worker, '/readyz'),
      },
      words.stack.worker,
    );
    await run(
      {
        name: 'api',
        main: 'api/main.ts',
        env: {
          ...env,
          ...wechatpay.api,
          CODEC_ORIGINS: PAGES_OF_UI.join(','),
          API_PORT: String(PORTS.api),
          API_METRICS_PORT: String(PORTS.apiMetrics),
        },
        readyUrl: `${apiUrl}/readyz`,
      },
      apiUrl,
    );
    const { uiUrl } = temporal;
    return { apiUrl, simulatorUrl, uiUrl, namespace, mchid: merchant.mchid, receiver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Temporal's web UI, by either name of this machine. */
const PAGES_OF_UI = [HOST, 'localhost'].map((host) => `http://${host}:${PORTS.temporalUi}`);

interface Merchant {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly serial_no: string;
  readonly public_key_id: string;
  readonly base_url: string;
}

async function merchantOf(folder: string): Promise<Merchant> {
  return JSON.parse(await readFile(join(folder, 'merchant.json'), 'utf8')) as Merchant;
}

/** The configuration that a merchant writes for the real WeChat Pay; only the worker gets a key that signs. */
function wechatpayVariables(merchant: Merchant, apiUrl: string) {
  const file = (name: string) => join(SIMULATOR_FOLDER, name);
  const both = {
    WECHATPAY_MCHID: merchant.mchid,
    WECHATPAY_SERIAL_NO: merchant.serial_no,
    WECHATPAY_PUBLIC_KEY_ID: merchant.public_key_id,
    WECHATPAY_PUBLIC_KEY_FILE: file('pub_key.pem'),
    WECHATPAY_CERTIFICATES: 'download',
    WECHATPAY_APIV3_KEY_FILE: file('apiv3_key.txt'),
  };
  return {
    worker: {
      ...both,
      WECHATPAY_BASE_URL: merchant.base_url,
      WECHATPAY_PRIVATE_KEY_FILE: file('apiclient_key.pem'),
      WECHATPAY_MERCHANT_CERTIFICATE_FILE: file('apiclient_cert.pem'),
      WECHATPAY_APIV2_KEY_FILE: file('apiv2_key.txt'),
    },
    api: {
      ...both,
      WECHATPAY_APPID: merchant.appid,
      WECHATPAY_SERVICE_ID: merchant.service_id,
      WECHATPAY_SIMULATOR: 'true',
      WECHATPAY_NOTIFY_URL: notifyUrlOf(apiUrl),
    },
  };
}

function notifyUrlOf(apiUrl: string): string {
  return `${apiUrl}/wechatpay/notifications`;
}

/** A workflow's page in Temporal's web UI. */
export function workflowUrl(uiUrl: string, { namespace }: Stack, workflowId: string): string {
  return `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;
}
