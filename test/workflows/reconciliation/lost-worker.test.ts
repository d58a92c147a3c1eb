/** A worker is killed in the middle of a bill: another one, on another disk, does the day from its beginning. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { comeMorning, daysAgo, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { simulatorFolder } from '../../support/notification.ts';
import { steadyPort } from '../../support/port.ts';
import { startBuilt, wechatpayVariables } from '../../support/program.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describe('a worker that is lost', () => {
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  let stack: Stack;
  let otherDisk: string;
  let second: Awaited<ReturnType<Stack['startWorker']>> | undefined;
  before(async () => {
    wechat = await simulatorFolder();
    stack = await startStack({ simulator: { folder: wechat.folder } });
    otherDisk = await mkdtemp(join(tmpdir(), 'payscore-other-disk-'));
  });
  after(async () => {
    await second?.stop();
    await stack.stop();
    await wechat.remove();
    await rm(otherDisk, { recursive: true, force: true });
  });

  it('in the middle of a download leaves no report, and the next one makes it', async () => {
    const bill_date = daysAgo(1);
    const time = `${bill_date}T12:00:00+08:00`;
    await stack.people.plantRow({ kind: 'foreign', amount: 100, count: 20_000, time });
    await stack.people.planFault({ call: 'bill-file', fault: 'slow-body', delay_seconds: 60 });
    await comeMorning(stack);
    const first = await startBuilt('worker/main.js', {
      ...wechatpayVariables(stack.merchant, wechat.folder),
      TEMPORAL_ADDRESS: stack.temporalServer.address,
      WORKER_PORT: String(await steadyPort()),
      REPORT_FOLDER: otherDisk,
    });
    await first.saw(/WeChat Pay answers/);
    await stack.api.call('POST', '/v1/reconciliations', { bill_date });
    const [work = ''] = await eventually('a bill on its way', async () => {
      const folders = await readdir(join(otherDisk, 'work')).catch(() => []);
      const files = folders[0] ? await readdir(join(otherDisk, 'work', folders[0])) : [];
      return files.length > 0 && folders;
    });
    first.kill('SIGKILL');
    await first.exitCode();

    second = await stack.startWorker();
    const { state, report } = await reconciled(stack, bill_date);
    assert.equal(state, 'balanced');
    assert.deepEqual(report?.elsewhere, { count: 20_000, amount: 2_000_000 });
    assert.deepEqual(await readdir(otherDisk), ['work']);
    assert.deepEqual(await readdir(join(otherDisk, 'work')), [work]);
    assert.deepEqual(await stack.reports.read(bill_date), report);
  });
});
