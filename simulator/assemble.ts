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
import { createAnnouncer } from './notifications/announcer.ts';
import { createDelivery } from './notifications/delivery.ts';
import { createOutbox } from './notifications/outbox.ts';
import { createOrdersInTime } from './orders/orders-in-time.ts';
import { createCallbackAddress } from './permissions/callback-address.ts';
import { createPermissions } from './permissions/permission-book.ts';
import { createPolicies, type PolicyChange } from './policies.ts';
import { serviceOf } from './service.ts';
import { createFaults } from './transport/faults.ts';
import { createWechatSigner, type KeyKind } from './transport/wechat-signature.ts';

export interface Simulation {
  /** Where credentials and state survive a restart; by default everything is fresh and in memory. */
  readonly folder?: string | undefined;
  /** How many business seconds pass in a real one; by default 1, or what the folder remembers. */
  readonly timeFactor?: number | undefined;
  /** The service's risk cap in fen, default 1000 yuan. */
  readonly riskCap?: number | undefined;
  /** Where the service hears of authorisations whose pre-permission named no address; by default nowhere. */
  readonly authorizationNotifyUrl?: string | undefined;
  /** Answers to what the documents leave open; by default what the folder remembers, or the defaults. */
  readonly policies?: PolicyChange | undefined;
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
  const policies = createPolicies(journal.collection('policies'), options.policies ?? {});
  const clock = createBusinessClock(journal.collection('clock'), timeFactor);
  const signer = createWechatSigner(credentials);
  const apiV3Key = merchant.api_v3_key;
  const outbox = createOutbox({
    notifications: journal.collection('notification'),
    settings: journal.collection('outbox'),
    delivery: createDelivery({ signer, notifyWith, apiV3Key, clock }),
    clock,
    logger,
  });

  const announcer = createAnnouncer(outbox, policies);
  const callback = createCallbackAddress(
    journal.collection('callback'),
    options.authorizationNotifyUrl,
  );
  const permissions = createPermissions({
    permissions: journal.collection('permission'),
    agreements: journal.collection('agreement'),
    preparations: journal.collection('preparation'),
    callback,
    announcer,
    clock,
  });

  const app = createApp({
    credentials,
    signer,
    service: serviceOf(merchant, riskCap),
    orders: createOrdersInTime({ kept: journal.collection('order'), announcer, clock }),
    permissions,
    callback,
    habits: journal.collection('habit'),
    policies,
    announcer,
    outbox,
    faults: createFaults(),
    clock,
    logger,
  });
  return {
    app,
    merchant,
    clock,
    async stop() {
      clock.stop();
      await outbox.stop();
      journal.close();
    },
  };
}
