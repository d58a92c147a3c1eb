/** What stands in the way of a report, before the workflow hears of it. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createReconciliationActivities } from '../../activities/reconciliation.ts';
import type { Simulator } from '../../simulator/create.ts';
import { TEST_CONVERTER } from '../support/codec.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { clientOf } from '../support/merchant.ts';
import { daysAgo } from '../support/day.ts';
import { EN } from '../../words/en.ts';

describe('a day that cannot be reconciled', () => {
  let simulator: Simulator;
  let wechatpay: WechatpayClient;
  let connection: Connection;
  let folder: string;
  before(async () => {
    simulator = await startTestSimulator();
    wechatpay = clientOf(simulator.merchant);
    // Nobody listens there.
    connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
    folder = await mkdtemp(join(tmpdir(), 'payscore-no-day-'));
  });
  after(async () => {
    await wechatpay.close();
    await connection.close();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function failure(reports: string): Promise<ApplicationFailure> {
    const client = new Client({ connection, dataConverter: TEST_CONVERTER });
    const activities = createReconciliationActivities({
      ...{ wechatpay, client, taskQueue: 'none', words: EN, folder: reports },
      retention: { reportDays: undefined, billDays: undefined },
    });
    const { mchid, appid, service_id } = simulator.merchant;
    const service = { mchid, appid, service_id, notify_url: 'http://127.0.0.1:1/' };
    const day = { service, bill_date: daysAgo(1) };
    const run = new MockActivityEnvironment().run(activities.reconcileDay, day);
    const error: unknown = await run.then(
      () => assert.fail('there is a report'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ApplicationFailure);
    return error;
  }

  it('because Temporal does not say which orders there are is tried again', async () => {
    const { type, nonRetryable, nextRetryDelay } = await failure(folder);
    assert.equal(type, 'OrdersUnavailable');
    assert.ok(!nonRetryable);
    assert.ok(nextRetryDelay);
    assert.deepEqual(await readdir(join(folder, 'work')), []);
  });

  it('because its folder cannot be used says so, and is tried again', async () => {
    const file = join(folder, 'is-a-file');
    await writeFile(file, '');
    await chmod(file, 0o600);
    const { type, message, nonRetryable } = await failure(file);
    assert.equal(type, 'DiskFailed');
    assert.match(message, /ENOTDIR|EEXIST/);
    assert.ok(!nonRetryable);
  });
});
