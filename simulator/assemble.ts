/** Puts the simulator's parts together from its options: everything but the listening. */
import { join } from 'node:path';
import type { Express } from 'express';
import { pino, type Logger } from 'pino';
import { createAnnouncer } from './announcer.ts';
import { createApp, type AppParts } from './app.ts';
import { createBills } from './bills/bills.ts';
import { inTradeBill } from './bills/refund-rows.ts';
import { createFundFlow } from './bills/fund-flow.ts';
import { createDownloads } from './bills/downloads.ts';
import { createBusinessClock, type BusinessClock } from './business-clock.ts';
import { credentialsIn, writeCredentials } from './credentials/folder.ts';
import { generateCredentials } from './credentials/generate.ts';
import { createKeyRing } from './credentials/key-ring.ts';
import type { KeyMode, NotifyWith } from './credentials/key-state.ts';
import type { Credentials, Merchant } from './credentials/merchant.ts';
import { openJournal } from './journal.ts';
import type { MerchantSetting } from './merchant/setting.ts';
import { createMaintenance } from './maintenance.ts';
import { createNotifier } from './notifications/notifier.ts';
import { createDelays } from './delays.ts';
import { createRandomFaults } from './faults/random.ts';
import { createTally } from './faults/tally.ts';
import { createDelivery } from './notifications/delivery.ts';
import { createNotificationFaults } from './notifications/faults.ts';
import { createOutbox } from './notifications/outbox.ts';
import { apiV3KeyOf, sealedUnder } from './notifications/seal.ts';
import { createOrdersInTime } from './orders/orders-in-time.ts';
import { createCallbackAddress } from './permissions/callback-address.ts';
import { createPermissions } from './permissions/permission-book.ts';
import { createPage } from './page/page.ts';
import type { PageParts } from './page/sources.ts';
import type { PolicyChange } from './policies.ts';
import { createPolicies } from './policy-book.ts';
import type { Preset } from './presets.ts';
import { createMerchantAccount } from './refunds/merchant-account.ts';
import { createRefundBook } from './refunds/refund-book.ts';
import { createRefundScripts } from './refunds/refund-script.ts';
import { createService } from './service.ts';
import { createCallLog } from './transport/call-log.ts';
import { createFaults } from './transport/faults.ts';
import { createSubjectOf } from './transport/order-of-request.ts';
import { createRateLimit } from './transport/rate-limit.ts';
import { createWechatSigner } from './transport/wechat-signature.ts';

export interface Simulation {
  /** Where credentials and state survive a restart; by default everything is fresh and in memory. */
  readonly folder?: string | undefined;
  /** Without a folder: credentials that were made before, as making keys takes its time. */
  readonly credentials?: Credentials | undefined;
  /** How many business seconds pass in a real one; by default 1, or what the folder remembers. */
  readonly timeFactor?: number | undefined;
  /** The service's risk cap in fen; by default 1000 yuan, or what the folder remembers. */
  readonly riskCap?: number | undefined;
  /** What the merchant has of WeChat Pay's keys; by default both, or what the folder remembers. */
  readonly keyMode?: KeyMode | undefined;
  /** What notifications are signed with; by default the public key, or what the folder remembers. */
  readonly notifyWith?: NotifyWith | undefined;
  /** Where the service hears of authorisations whose pre-permission named no address; by default nowhere. */
  readonly authorizationNotifyUrl?: string | undefined;
  /** Where it calls the merchant back, for whoever reads the folder's `merchant.env`; by default left out. */
  readonly notifyUrl?: string | undefined;
  /** Which sides the policies take where nothing else is said; by default the usual ones, or what the folder remembers. */
  readonly preset?: Preset | undefined;
  /** Answers to what the documents leave open; by default what the folder remembers, or the defaults. */
  readonly policies?: PolicyChange | undefined;
  /** Of the page: where our API is; by default it shows WeChat Pay's side only. */
  readonly merchantSide?: MerchantSetting | undefined;
  /** Default: says nothing. */
  readonly logger?: Logger | undefined;
}

export interface AssembledSimulator {
  readonly app: Express;
  /** As it stands now. */
  merchant(): Merchant;
  readonly clock: BusinessClock;
  /** Sends away who looks on, so that the server can end. */
  closePage(): void;
  /** Ends what goes on by itself, and closes the journal. */
  stop(): Promise<void>;
}

export async function assembleSimulator(
  options: Simulation,
  base_url: string,
): Promise<AssembledSimulator> {
  const { folder, timeFactor, riskCap, keyMode, notifyWith, notifyUrl: notify_url } = options;
  const logger = options.logger ?? pino({ level: 'silent' });

  const credentials = await (folder === undefined
    ? (options.credentials ?? generateCredentials())
    : credentialsIn(folder));
  const announcer = createAnnouncer();
  const journal = openJournal(
    folder === undefined ? undefined : join(folder, 'state.jsonl'),
    announcer.announce,
  );
  const policies = createPolicies({
    kept: journal.collection('policies'),
    presets: journal.collection('policy-preset'),
    options,
  });
  const clock = createBusinessClock(journal.collection('clock'), timeFactor);
  const keys = createKeyRing({
    credentials,
    states: journal.collection('keys'),
    mode: keyMode,
    notifyWith,
    publish: async (changed) => {
      if (folder !== undefined) await writeCredentials(folder, changed, { base_url, notify_url });
    },
  });
  await keys.change({});
  const signer = createWechatSigner(keys);
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
  const outbox = sealedUnder(
    keys,
    createOutbox({
      notifications: journal.collection('notification'),
      settings: journal.collection('outbox'),
      delivery: createDelivery({ signer, apiV3KeyOf: apiV3KeyOf(keys), clock }),
      faults: notificationFaults,
      clock,
      logger,
    }),
  );

  const service = createService({
    merchant: credentials.merchant,
    kept: journal.collection('service'),
    riskCap,
  });
  const { mchid } = service;
  const notifier = createNotifier({ outbox, policies, mchid });
  const callback = createCallbackAddress(
    journal.collection('callback'),
    options.authorizationNotifyUrl,
  );
  const permissions = createPermissions({
    permissions: journal.collection('permission'),
    agreements: journal.collection('agreement'),
    preparations: journal.collection('preparation'),
    callback,
    policies,
    notifier,
    clock,
  });

  const orders = createOrdersInTime({ kept: journal.collection('order'), notifier, clock });
  const account = createMerchantAccount(journal.collection('account'));
  const refunds = createRefundBook({
    kept: journal.collection('refund'),
    orders,
    account,
    policies,
    notifier,
    clock,
  });
  const subjectOf = createSubjectOf({
    ofTransaction: (transaction_id) => orders.orderOf(transaction_id)?.out_order_no,
    ofRefund: (out_refund_no) => refunds.get(out_refund_no)?.out_order_no,
  });
  const bills = createBills({
    service,
    orders,
    refunds: () => inTradeBill(refunds.each(), policies.now()),
    settings: journal.collection('bill-settings'),
    seeded: journal.collection('bill-rows'),
  });

  const { seeded, settings } = bills;
  const fundFlow = createFundFlow({ service, orders, refunds, seeded, settings });

  const parts: AppParts & PageParts = {
    keys,
    signer,
    service,
    orders,
    transactions: orders,
    refunds,
    refundScripts: createRefundScripts(journal.collection('refund-script')),
    account,
    subjectOf,
    queryIds: journal.collection('query-id'),
    numbersOfOthers: journal.collection('number-of-others'),
    bills,
    fundFlow,
    downloads: createDownloads(),
    base_url,
    permissions,
    callback,
    // As it was named when folders were first kept.
    behaviours: journal.collection('habit'),
    policies,
    notifier,
    outbox,
    faults: createFaults({ journal, random: randomFaults, tally: tallies.calls, subjectOf }),
    notificationFaults,
    randomFaults,
    tallies,
    maintenance: createMaintenance(journal.collection('maintenance'), clock),
    rateLimit: createRateLimit(journal.collection('rate-limit'), subjectOf),
    delays,
    clock,
    logger,
    calls: createCallLog(announcer.announce),
    announcer,
    storyChanges: journal.collection('story-change'),
    latest: journal.latestKeys,
  };
  const page = createPage(parts, options.merchantSide);
  return {
    app: createApp(parts, page.router),
    merchant: () => ({ ...keys.credentials().merchant, base_url }),
    clock,
    closePage: page.stop,
    async stop() {
      page.stop();
      clock.stop();
      delays.stop();
      await outbox.stop();
      journal.close();
    },
  };
}
