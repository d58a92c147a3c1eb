/** The folder of reports: whole or not at all, for its owner alone. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { ALL } from '../bills.ts';
import { createReportStore } from '../../../reconciliation/report/store.ts';
import { hashOf } from '../../../reconciliation/report/versions.ts';
import type { DayReport } from '../../../reconciliation/report/report.ts';

const DAY = '2026-10-01';
const nothing = { count: 0, amount: 0 };
const report = (agreed: number, hash_value?: string): DayReport => ({
  ...{ bill_date: DAY, mchid: '1900000109', result: 'balanced' },
  bill: {
    ...{ rows: agreed, payments: nothing, refunds: nothing },
    ...(hash_value !== undefined && { hash_value }),
  },
  ...{
    ours: nothing,
    agreed: { count: agreed, amount: 0 },
    elsewhere: nothing,
    awaited: nothing,
    in_other_bill: nothing,
  },
  ...{ findings: {}, examples: [] },
});
const finding: Finding = {
  ...{
    kind: 'paid_twice',
    healed: false,
    out_order_no: 'N1',
    transaction_id: '42',
    bill_amount: 1,
  },
};

/** Less where it comes from. */
const plain = (told: DayReport | undefined) => {
  const { made: _, ...rest } = told ?? report(-1);
  return rest;
};

describe('the store of reports', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function files(findings: readonly Finding[], bill?: string) {
    const path = join(folder, 'findings');
    await writeFile(path, findings.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const others = { matches: 'matches', waivers: 'waivers', ledger: 'ledger' };
    const paths = Object.entries(others).map(([name, file]) => [name, join(folder, file)] as const);
    for (const [, other] of paths) await writeFile(other, '');
    if (bill !== undefined) await writeFile(join(folder, 'bill'), bill);
    return {
      ...(Object.fromEntries(paths) as typeof others),
      ...{ findings: path, bill: join(folder, 'bill') },
    };
  }

  it('keeps a bill with pseudonyms, and every other cell as it was', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(4, 'abc'), await files([], ALL.join('\r\n')));
    const names = await readdir(join(folder, 'm', DAY));
    const bill = names.find((name) => name.startsWith('bill-')) ?? '';
    const kept = gunzipSync(await readFile(join(folder, 'm', DAY, bill))).toString();
    assert.doesNotMatch(kept, /oUpF8|oShop/);
    const cells = (text: string) => text.split('\r\n').map((line) => line.split(',`'));
    const users = ALL[0].split(',').indexOf('用户标识');
    const rows = cells(kept);
    assert.equal(rows[1]?.[users], rows[2]?.[users]);
    assert.notEqual(rows[1]?.[users], rows[3]?.[users]);
    const without = (lines: string[][]) =>
      lines.map((line, nth) => (nth >= 1 && nth <= 4 ? line.with(users, '') : line));
    assert.deepEqual(without(rows), without(cells(ALL.join('\r\n'))));
  });

  it('forgets bills and whole days when they are old enough, and never the others', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(4, 'abc'), await files([], ALL.join('\r\n')));
    const day = join(folder, 'm', DAY);
    const hasBill = async () => (await readdir(day)).some((name) => name.startsWith('bill-'));
    const limits = { reportDays: 400, billDays: 90 };
    const after = (days: number) => new Date(Date.parse(DAY) + days * 24 * 3_600_000);
    await store.expire({ reportDays: undefined, billDays: undefined }, after(9_999));
    await store.expire(limits, after(90));
    assert.ok(await hasBill());
    await store.expire(limits, after(91));
    assert.ok(!(await hasBill()));
    assert.equal((await store.read(DAY))?.result, 'balanced');
    await store.expire(limits, after(400));
    assert.ok(await store.read(DAY));
    await store.expire(limits, after(401));
    assert.equal(await store.read(DAY), undefined);
    await createReportStore(join(folder, 'nobody')).expire(limits, after(0));
  });

  it('knows nothing of a day without a report', async () => {
    const store = createReportStore(join(folder, 'm'));
    assert.equal(await store.read(DAY), undefined);
    assert.deepEqual(await allOf(store.findings(DAY)), []);
  });

  it('gives back the report, its findings and the bill', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(1, 'ab'), await files([finding, finding], '交易时间'));
    assert.deepEqual(plain(await store.read(DAY)), report(1, 'ab'));
    assert.deepEqual(await allOf(store.findings(DAY)), [finding, finding]);
    const names = await readdir(join(folder, 'm', DAY));
    const bill = names.find((name) => name.startsWith('bill')) ?? '';
    assert.equal(gunzipSync(await readFile(join(folder, 'm', DAY, bill))).toString(), '交易时间');
  });

  it('keeps every version of a report with all that belongs to it, and tells the last', async () => {
    const store = createReportStore(join(folder, 'm'));
    const first = await store.write(report(1, 'ab'), await files([finding], 'x'));
    await store.write(report(2), await files([]));
    assert.deepEqual(plain(await store.read(DAY)), report(2));
    assert.deepEqual(await allOf(store.findings(DAY)), []);
    const names = await readdir(join(folder, 'm', DAY));
    const count = (start: string) => names.filter((name) => name.startsWith(start)).length;
    assert.deepEqual(['report-', 'findings-', 'matches-', 'bill-'].map(count), [2, 2, 2, 1]);
    const [before, after] = await store.versions(DAY);
    assert.deepEqual(before?.report, first);
    assert.equal(before?.sha256, hashOf(first));
    assert.deepEqual(after?.report.made?.predecessor, { version: 1, sha256: before.sha256 });
  });

  it('says who asked, by which program, from which download, and what its files are', async () => {
    const store = createReportStore(join(folder, 'm'));
    const provenance = {
      requested_by: { code: 'api', key: 'finance' },
      program: 'payscore-orders 9',
      download: { at: '2026-10-02T10:17:00+08:00', bytes: 7 },
    } as const;
    const told = await store.write(report(1, 'ab'), await files([finding], 'x'), { provenance });
    const { version, at, files: facts, ...rest } = told.made ?? assert.fail('nothing');
    assert.deepEqual([version, rest], [1, provenance]);
    assert.match(at, /\+08:00$/);
    assert.equal(facts.findings.bytes, Buffer.byteLength(`${JSON.stringify(finding)}\n`));
    assert.match(facts.matches.sha256, /^[0-9a-f]{64}$/);
  });

  it('keeps a bill once that did not change, and each that did', async () => {
    const store = createReportStore(join(folder, 'm'));
    for (const hash of ['ab', 'ab', 'cd'])
      await store.write(report(1, hash), await files([], hash));
    const names = await readdir(join(folder, 'm', DAY));
    assert.equal(names.filter((name) => name.startsWith('bill-')).length, 2);
  });

  it('reads a report of before there were versions, and numbers on from it', async () => {
    const store = createReportStore(join(folder, 'm'));
    const day = join(folder, 'm', DAY);
    await mkdir(day, { recursive: true });
    await writeFile(join(day, 'findings-old.ndjson'), `${JSON.stringify(finding)}\n`);
    // With sentences beside its facts: they are of its hash.
    const said = { cause: 'The order is paid.', action: 'Refund it.' };
    const former = { ...report(7), examples: [{ ...finding, ...said }] };
    const old = { report: former, findings: 'findings-old.ndjson' };
    await writeFile(join(day, 'report.json'), JSON.stringify(old));
    assert.deepEqual(await store.read(DAY), former);
    assert.deepEqual(await allOf(store.findings(DAY)), [finding]);
    assert.deepEqual([await allOf(store.matches(DAY)), await allOf(store.waivers(DAY))], [[], []]);
    const next = await store.write(report(8), await files([]));
    assert.deepEqual(next.made?.predecessor, { version: 0, sha256: hashOf(former) });
    assert.equal(next.made.version, 1);
    assert.equal((await store.versions(DAY)).length, 2);
    assert.ok((await readdir(day)).includes('findings-old.ndjson'));
  });

  it('keeps what people have answered for, in its order, and changes none of it', async () => {
    const store = createReportStore(join(folder, 'm'));
    const at = '2026-10-03T09:00:00+08:00';
    const one = { finding_id: 'a', name: '王会计', reason: '已退款', at };
    assert.deepEqual(await store.acknowledgements(DAY), []);
    await store.acknowledge(DAY, one);
    await store.acknowledge(DAY, { ...one, by: 'finance' });
    await store.write(report(1), await files([]));
    assert.deepEqual(await store.acknowledgements(DAY), [one, { ...one, by: 'finance' }]);
  });

  it('keeps what days leave for each other longer than the days, and of each the latest', async () => {
    const store = createReportStore(join(folder, 'm'));
    const claim = (transaction_id: string) => ({ code: 'claim', transaction_id }) as const;
    for (const id of ['1', '2']) {
      const all = await files([]);
      await writeFile(all.ledger, `${JSON.stringify(claim(id))}\n`);
      await store.write(report(1), all);
    }
    const after = (days: number) => new Date(Date.parse(DAY) + days * 24 * 3_600_000);
    await store.expire({ reportDays: 30, billDays: 30 }, after(400));
    assert.deepEqual(await allOf(store.ledger.entries()), [{ bill_date: DAY, entry: claim('2') }]);
    await store.expire({ reportDays: 30, billDays: 30 }, after(401));
    assert.deepEqual(await allOf(store.ledger.entries()), []);
  });

  it('tells of a report that cannot be read: it is not a day without one', async () => {
    const store = createReportStore(join(folder, 'm'));
    await mkdir(join(folder, 'm', DAY, 'report.json'), { recursive: true });
    await assert.rejects(store.read(DAY), { code: 'EISDIR' });
  });

  it('goes on from a report whose files somebody has deleted', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(1), await files([finding]));
    const day = join(folder, 'm', DAY);
    for (const name of await readdir(day)) {
      if (name.startsWith('findings')) await rm(join(day, name));
    }
    await store.write(report(2), await files([]));
    assert.deepEqual(plain(await store.read(DAY)), report(2));
  });

  it('keeps the former report where a new one cannot be written to its end', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(1), await files([finding]));
    const bill = join(folder, 'is not there');
    await assert.rejects(store.write(report(2, 'cd'), { ...(await files([])), bill }));
    assert.deepEqual(plain(await store.read(DAY)), report(1));
    assert.deepEqual(await allOf(store.findings(DAY)), [finding]);
  });

  it('keeps what another attempt wrote, where one is no longer wanted', async () => {
    const store = createReportStore(join(folder, 'm'));
    const calledOff = () => {
      throw new Error('called off');
    };
    const late = assert.rejects(
      store.write(report(1), await files([]), { check: calledOff }),
      /called off/,
    );
    await store.write(report(2), await files([finding]));
    await late;
    assert.deepEqual(plain(await store.read(DAY)), report(2));
    assert.deepEqual(await allOf(store.findings(DAY)), [finding]);
  });

  it('of two who write at once has one whole report', async () => {
    const store = createReportStore(join(folder, 'm'));
    const [one, other] = [await files([finding]), await files([finding], 'x'.repeat(5_000_000))];
    await Promise.all([store.write(report(1), one), store.write(report(2, 'ab'), other)]);
    assert.ok([1, 2].includes((await store.read(DAY))?.agreed.count ?? 0));
    assert.deepEqual(await allOf(store.findings(DAY)), [finding]);
  });

  it('clears away what interrupted attempts left long ago', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(1), await files([finding]));
    const day = join(folder, 'm', DAY);
    for (const name of ['findings-old.ndjson', 'findings-young.ndjson']) {
      await writeFile(join(day, name), '');
    }
    const longAgo = new Date(Date.now() - 2 * 24 * 3_600_000);
    await utimes(join(day, 'findings-old.ndjson'), longAgo, longAgo);
    await store.write(report(2), await files([finding]));
    const names = await readdir(day);
    assert.ok(!names.includes('findings-old.ndjson'));
    assert.ok(names.includes('findings-young.ndjson'));
  });

  it('is for its owner alone', async () => {
    const store = createReportStore(join(folder, 'm'));
    await store.write(report(1, 'ab'), await files([finding], 'x'));
    const day = join(folder, 'm', DAY);
    for (const name of await readdir(day))
      assert.equal((await stat(join(day, name))).mode & 0o077, 0);
    assert.equal((await stat(day)).mode & 0o077, 0);
  });
});

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
