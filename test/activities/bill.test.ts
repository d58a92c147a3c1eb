/** A day's bill, fetched into a file, against the simulator. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fetchBill } from '../../activities/bill.ts';
import { reconciliationFailureOf } from '../../activities/reconciliation-failure.ts';
import { billDateOf, dayBefore } from '../../payscore/times/bill-date.ts';
import { createControl, type Control } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { clientOf } from '../support/merchant.ts';
import { EN } from '../../words/en.ts';

describe('a bill', () => {
  let simulator: Simulator;
  let wechatpay: WechatpayClient;
  let people: Control;
  let folder: string;
  let bill_date: string;
  before(async () => {
    simulator = await startTestSimulator();
    wechatpay = clientOf(simulator.merchant, { billLimitBytes: 10_000_000 });
    people = createControl(simulator.url);
    folder = await mkdtemp(join(tmpdir(), 'payscore-bill-'));
    bill_date = dayBefore(billDateOf(new Date()));
    const time = `${bill_date}T12:00:00+08:00`;
    await people.plantRow({ kind: 'foreign', amount: 100, time, count: 1_000 });
  });
  beforeEach(() => people.setBills({ ready_at: '00:00', file_fault: 'none', token_seconds: 30 }));
  after(async () => {
    await wechatpay.close();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const fetched = (day = bill_date, to = folder) =>
    fetchBill(wechatpay, { mchid: simulator.merchant.mchid, bill_date: day, folder: to });
  const failure = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => assert.fail('it was fetched'),
      (reason: unknown) => reason,
    );
    const told = reconciliationFailureOf(error, 1, EN);
    assert.ok(told instanceof ApplicationFailure);
    return told;
  };

  it('is in the file as WeChat made it', async () => {
    const { file } = await fetched();
    assert.ok(file);
    const lines = (await readFile(file.path, 'utf8')).trimEnd().split('\r\n');
    assert.equal(lines.length, 1_003);
  });

  it('has no file of a day without payments', async () => {
    assert.equal((await fetched(dayBefore(bill_date))).file, undefined);
  });

  it('that is still being made is asked for again in half an hour', async () => {
    await people.setBills({ ready_at: '23:59' });
    const told = await failure(fetched());
    assert.equal(told.type, 'BillNotReady');
    assert.equal(told.nextRetryDelay, '30m');
    assert.ok(!told.nonRetryable);
  });

  it('whose link has expired is applied for again', async () => {
    await people.setBills({ token_seconds: 0 });
    setTimeout(() => void people.setBills({ token_seconds: 30 }), 500);
    assert.ok((await fetched()).file);
  });

  for (const [file_fault, type] of [
    ['wrong-hash', 'BillUnproven'],
    ['cut', 'Unknown'],
    ['not-gzip', 'Unknown'],
    ['gzip-bomb', 'Unknown'],
    ['foreign-token', 'Unknown'],
  ] as const) {
    it(`with the fault ${file_fault} is not believed, and fetched again`, async () => {
      await people.setBills({ file_fault });
      const told = await failure(fetched());
      assert.equal(told.type, type);
      assert.ok(!told.nonRetryable);
      assert.ok(told.nextRetryDelay);
    });
  }

  it('that the disk has no room for says so, and is fetched again', async () => {
    const full = await mkdtemp(join(folder, 'full-'));
    await symlink('/dev/full', join(full, `${bill_date}.csv`));
    const told = await failure(fetched(bill_date, full));
    assert.equal(told.type, 'DiskFull');
    assert.ok(!told.nonRetryable);
  });

  it('of a day that WeChat refuses is given up with its refusal', async () => {
    const told = await failure(fetched('2020-01-01'));
    assert.equal(told.type, 'Refused');
    assert.ok(told.nonRetryable);
    assert.match(told.message, /INVALID_REQUEST.*Request-ID/);
  });
});
