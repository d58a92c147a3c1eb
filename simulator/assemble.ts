/** Puts the simulator's parts together from its options: everything but the listening. */
import { join } from 'node:path';
import type { Express } from 'express';
import { pino, type Logger } from 'pino';
import { createApp } from './app.ts';
import { createBusinessClock, type BusinessClock } from './business-clock.ts';
import { credentialsIn, writeMerchant } from './credentials/folder.ts';
import { generateCredentials } from './credentials/generate.ts';
import type { Merchant } from './credentials/merchant.ts';
import { openJournal } from './journal.ts';
import { createDelays } from './delays.ts';
import { createRandomFaults } from './faults/random.ts';
import { createTally } from './faults/tally.ts';
import { createDelivery } from './notifications/delivery.ts';
import { createNotificationFaults } from './notifications/faults.ts';
import { createOutbox } from './notifications/outbox.ts';
import { serviceOf } from './service.ts';
import { createFaults } from './transport/faults.ts';
import { createRateLimit } from './transport/rate-limit.ts';
import { createWechatSigner, type KeyKind } from './transport/wechat-signature.ts';

export interface Simulation {
  /** Where credentials and state survive a restart; by default everything is fresh and in memory. */
  readonly folder?: string | undefined;
  /** How many business seconds pass in a real one; by default 1, or what the folder remembers. */
  readonly timeFactor?: number | undefined;
  /** The service's risk cap in fen, default 1000 yuan. */
  readonly riskCap?: number | undefined;
  /** What notifications are signed with, default the WeChat Pay public key. */
  readonly notifyWith?: KeyKind | undefined;
  /** Default: says nothing. */
  readonly logger?: Logger | undefined;
}

export interface AssembledSimulator {
  readonly app: Express;
  readonly merchant: Merchant;
  readonly clock: BusinessClock;
  /** Ends what goes on by itself, and closes the journal. */
  stop(): Promise<void>;
}

const DEFAULT_RISK_CAP = 100_000;

export async function assembleSimulator(
  options: Simulation,
  base_url: string,
): Promise<AssembledSimulator> {
  const { folder, timeFactor, riskCap = DEFAULT_RISK_CAP, notifyWith = 'public-key' } = options;
  const logger = options.logger ?? pino({ level: 'silent' });

  const credentials = await (folder === undefined ? generateCredentials() : credentialsIn(folder));
  const merchant = { ...credentials.merchant, base_url };
  if (folder !== undefined) await writeMerchant(folder, merchant);

  const journal = openJournal(folder === undefined ? undefined : join(folder, 'state.jsonl'));
  const clock = createBusinessClock(journal.collection('clock'), timeFactor);
  const signer = createWechatSigner(credentials);
  const apiV3Key = merchant.api_v3_key;
  const delays = createDelays();
  const randomFaults = createRandomFaults(journal.collection('random-faults'));
  const tallies = {
    calls: createTally(journal.collection('struck-calls')),
    notifications: createTally(journal.collection('struck-notifications')),
  };
  const notificationFaults = createNotificationFaults({
    journal,
    random: randomFaults,
    tally: tallies.notifications,
  });
  const outbox = createOutbox({
    notifications: journal.collection('notification'),
    settings: journal.collection('outbox'),
    delivery: createDelivery({ signer, notifyWith, apiV3Key, clock }),
    faults: notificationFaults,
    clock,
    logger,
  });

  const app = createApp({
    credentials,
    signer,
    service: serviceOf(merchant, riskCap),
    orders: journal.collection('order'),
    permissions: journal.collection('permission'),
    outbox,
    faults: createFaults({ journal, random: randomFaults, tally: tallies.calls }),
    notificationFaults,
    randomFaults,
    tallies,
    rateLimit: createRateLimit(journal.collection('rate-limit')),
    delays,
    clock,
    logger,
  });
  return {
    app,
    merchant,
    clock,
    async stop() {
      clock.stop();
      delays.stop();
      await outbox.stop();
      journal.close();
    },
  };
}
