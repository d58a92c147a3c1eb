/** Trade bills: when there is one, what is in it, and who may fetch it for how long. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import { createControl, type BillSettings } from '../../simulator/control.ts';
import { startSimulator } from '../../simulator/create.ts';
import { chargeRows } from '../../simulator/bills/charge-row.ts';
import type { Order } from '../../simulator/orders/order.ts';
import { merchantOf, open, OPENID, signedBy, type Got, type Opened } from './merchant.ts';

type Test = Parameters<typeof open>[0];
const DAY = { bill_date: '2026-10-01' };

/** The morning after a day on which these orders were paid 8 yuan each. */
async function openAfter(t: Test, orders: string[], settings: Partial<BillSettings> = {}) {
  const merchant = await open(t);
  const { control, bill } = merchant;
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  for (const order of orders) {
    await bill(order);
    await control.pay(order);
  }
  await control.setBills(settings);
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  return merchant;
}

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
const dataLines = ({ text }: Got) => text.split('\r\n').slice(1, -3);
const cellsOf = (line: string | undefined) => line?.slice(1).split(',`') ?? [];

async function fetched({ applyBill, download }: Opened, fields: object = {}) {
  const applied = await applyBill({ ...DAY, ...fields });
  assert.equal(applied.status, 200, applied.text);
  return { applied, file: await download(applied.json.download_url) };
}

test('tells a SHA1 and an address of its own, under a signature', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { applied } = await fetched(merchant);
  const { hash_type, hash_value, download_url } = applied.json;
  assert.equal(hash_type, 'SHA1');
  assert.match(hash_value, /^[0-9a-f]{40}$/);
  assert.ok(download_url.startsWith(`${merchant.simulator.url}/v3/billdownload/file?token=`));
  assert.ok(signedBy(applied, merchant.simulator.merchant));
});

test('sends the file plain, without Wechatpay headers but under a Request-ID', async (t) => {
  const { applied, file } = await fetched(await openAfter(t, ['B1']));
  assert.equal(sha1(file.bytes), applied.json.hash_value);
  assert.deepEqual(
    [...file.headers.keys()].filter((name) => name.startsWith('wechatpay')),
    [],
  );
  assert.match(file.headers.get('Request-ID') ?? '', /-0$/);
});

test('sends a gzip file when asked to, whose hash is that of the unpacked one', async (t) => {
  const { applied, file } = await fetched(await openAfter(t, ['B1']), { tar_type: 'GZIP' });
  assert.notEqual(sha1(file.bytes), applied.json.hash_value);
  assert.equal(sha1(gunzipSync(file.bytes)), applied.json.hash_value);
});

const refusals: [rule: string, fields: Record<string, string>, code: string][] = [
  ['without a date', {}, 'PARAM_ERROR'],
  ['with a date in another form', { bill_date: '20261001' }, 'PARAM_ERROR'],
  ['with a date that does not exist', { bill_date: '2026-09-31' }, 'PARAM_ERROR'],
  ['with an unknown type', { ...DAY, bill_type: 'ALL_SPECIAL' }, 'PARAM_ERROR'],
  ['with an unknown packing', { ...DAY, tar_type: 'ZIP' }, 'PARAM_ERROR'],
  ['for a sub-merchant', { ...DAY, sub_mchid: '1900000109' }, 'INVALID_REQUEST'],
  ['for today', { bill_date: '2026-10-02' }, 'INVALID_REQUEST'],
  ['for a day to come', { bill_date: '2026-10-03' }, 'INVALID_REQUEST'],
  ['for more than three months ago', { bill_date: '2026-07-01' }, 'INVALID_REQUEST'],
  ['for three months ago, without rows', { bill_date: '2026-07-02' }, 'NO_STATEMENT_EXIST'],
  ['for a day without rows', { bill_date: '2026-09-30' }, 'NO_STATEMENT_EXIST'],
  ['for refunds where there are none', { ...DAY, bill_type: 'REFUND' }, 'NO_STATEMENT_EXIST'],
];

test('refuses what it has no bill for, each with its code and under a signature', async (t) => {
  const { applyBill, simulator } = await openAfter(t, ['B1']);
  for (const [rule, fields, code] of refusals) {
    const got = await applyBill(fields);
    assert.deepEqual([got.status, got.json.code], [400, code], rule);
    assert.ok(signedBy(got, simulator.merchant), rule);
  }
});

test('counts three months back to the last day of a shorter month', async (t) => {
  const { applyBill, control } = await open(t);
  await control.setClock({ now: '2026-05-31T12:00:00+08:00' });
  assert.equal((await applyBill({ bill_date: '2026-02-28' })).json.code, 'NO_STATEMENT_EXIST');
  assert.equal((await applyBill({ bill_date: '2026-02-27' })).json.code, 'INVALID_REQUEST');
});

for (const [ready_at, now, code] of [
  [undefined, '2026-10-02T00:00:00+08:00', 'STATEMENT_CREATING'],
  [undefined, '2026-10-02T09:59:58+08:00', 'STATEMENT_CREATING'],
  [undefined, '2026-10-02T10:00:00+08:00', undefined],
  ['09:00', '2026-10-02T08:59:58+08:00', 'STATEMENT_CREATING'],
  ['09:00', '2026-10-02T09:00:00+08:00', undefined],
] as const) {
  test(`at ${now} a bill ready at ${ready_at ?? '10:00 by default'} is ${code ?? 'there'}`, async (t) => {
    const settings = ready_at === undefined ? {} : { ready_at };
    const { applyBill, control } = await openAfter(t, ['B1'], settings);
    await control.setClock({ now, factor: 0.001 });
    assert.equal((await applyBill(DAY)).json.code, code);
  });
}

test('says of a day without rows that it is being made, until it is', async (t) => {
  const { applyBill, control } = await open(t);
  await control.setClock({ now: '2026-10-02T08:00:00+08:00' });
  assert.equal((await applyBill(DAY)).json.code, 'STATEMENT_CREATING');
});

test('puts a payment into the bill of the Beijing day on which it was collected', async (t) => {
  const merchant = await open(t);
  const { control, bill, applyBill, query } = merchant;
  await control.setClock({ now: '2026-10-01T22:00:00+08:00' });
  await bill('B1');
  await bill('B2');
  await control.setClock({ now: '2026-10-01T23:59:59+08:00', factor: 0.001 });
  await control.pay('B1');
  await control.setClock({ now: '2026-10-02T00:00:00+08:00' });
  await control.pay('B2');
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  for (const [bill_date, order] of [
    ['2026-10-01', 'B1'],
    ['2026-10-02', 'B2'],
  ] as const) {
    const applied = await applyBill({ bill_date });
    const rows = dataLines(await merchant.download(applied.json.download_url)).map(cellsOf);
    const { transaction_id } = (await query(order)).json.collection.details[0];
    assert.deepEqual(
      rows.map((row) => row[5]),
      [transaction_id],
    );
  }
});

test('has no row for what was not collected: unpaid, or nothing to pay', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { control, bill, serve, complete, completeBody, applyBill } = merchant;
  await control.setClock({ now: '2026-10-02T08:00:00+08:00' });
  await bill('B2');
  await serve('B3');
  const nothing = { post_payments: [{ name: '租金', amount: 0 }], total_amount: 0 };
  assert.equal((await complete('B3', completeBody(nothing))).status, 200);
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  const got = await applyBill({ bill_date: '2026-10-02' });
  assert.equal(got.json.code, 'NO_STATEMENT_EXIST');
});

const collected: Order = {
  appid: 'wx1',
  mchid: '1900000001',
  service_id: 's',
  out_order_no: 'R|1',
  order_id: '1000000000202610010000000000001',
  service_introduction: '充电宝租借',
  openid: OPENID,
  attach: 'mine',
  notify_url: 'http://127.0.0.1:9/',
  post_payments: [],
  post_discounts: [],
  location: {},
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000, description: '' },
  time_range: { start_time: 'OnAccept' },
  state: 'DONE',
  total_amount: 800,
  need_collection: true,
  collection: {
    state: 'USER_PAID',
    total_amount: 800,
    paying_amount: 0,
    paid_amount: 800,
    details: [
      {
        seq: 1,
        amount: 800,
        paid_type: 'NEWTON',
        paid_time: '20261001120000',
        transaction_id: '4200000000202610010000000001',
        bank_type: 'OTHERS',
      },
    ],
  },
  accepted_time: '20261001080000',
  said: { create: '' },
  ledger: [],
};

function chargedBy(channel: 'AUTH' | 'JSAPI' | undefined): Order {
  const entry = { event: 'charged', charged: 800, ...(channel && { channel }) };
  return { ...collected, ledger: [entry as Order['ledger'][number]] };
}

for (const channel of ['AUTH', undefined] as const) {
  test(`a charge ${channel === undefined ? 'that names no channel' : 'by AUTH'} has WeChat Pay’s own number and the packet`, () => {
    const [row] = chargeRows(chargedBy(channel), 'attach');
    assert.equal(row?.trade_type, 'AUTH');
    assert.match(row?.out_trade_no ?? '', /^\d{28}$/);
    assert.equal(row?.attach, 'wxzff|1000000000202610010000000000001|R|1');
    assert.deepEqual(chargeRows(chargedBy(channel), 'attach'), [row]);
  });
}

for (const [setting, said] of [
  ['packet', 'wxzff|1000000000202610010000000000001|R|1'],
  ['attach', 'mine'],
] as const) {
  test(`a payment from the order page has the merchant’s number, and ${setting} as its packet by setting`, () => {
    const [row] = chargeRows(chargedBy('JSAPI'), setting);
    assert.deepEqual([row?.trade_type, row?.out_trade_no, row?.attach], ['JSAPI', 'R|1', said]);
  });
}

test('a payment outside WeChat Pay has no row', () => {
  const [detail] = collected.collection?.details ?? [];
  const details = [{ ...detail, paid_type: 'MCH' }];
  const order = { ...collected, collection: { ...collected.collection, details } };
  assert.deepEqual(chargeRows(order as unknown as Order, 'packet'), []);
});

test('each part that WeChat Pay charged has a row of its own, on its own day, by its own channel', async (t) => {
  const merchant = await open(t);
  const { control, bill } = merchant;
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  await bill('P');
  await control.pay('P', { amount: 100, paid_type: 'MCH' });
  await control.pay('P', { amount: 300 });
  await control.payFromPage('P', { amount: 150 });
  await control.setClock({ now: '2026-10-02T08:00:00+08:00' });
  await control.pay('P', { coupon: 50 });
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  const rowsOf = async (bill_date: string) => {
    const { file } = await fetched(merchant, { bill_date });
    const header =
      file.text
        .replace(/^\ufeff/, '')
        .split('\r\n')[0]
        ?.split(',') ?? [];
    const headers = ['交易类型', '订单金额', '应结订单金额', '微信订单号'];
    return dataLines(file).map((line) => headers.map((it) => cellsOf(line)[header.indexOf(it)]));
  };
  const rows = [...(await rowsOf('2026-10-01')), ...(await rowsOf('2026-10-02'))];
  const money = rows.map(([type, ...amounts]) => [type, ...amounts.slice(0, 2).map(Number)]);
  assert.deepEqual(money, [
    ['AUTH', 3, 3],
    ['JSAPI', 1.5, 1.5],
    ['AUTH', 2.5, 2],
  ]);
  assert.equal(new Set(rows.map(([, , , number]) => number)).size, 3);
});

test('refuses a token that is unknown, and takes one as often as it is asked for', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { applied, file } = await fetched(merchant);
  assert.equal((await merchant.download(applied.json.download_url)).text, file.text);
  for (const [query, code] of [
    ['?token=nobody', 'INVALID_REQUEST'],
    ['?token=', 'PARAM_ERROR'],
    ['', 'PARAM_ERROR'],
  ] as const) {
    const got = await merchant.send('GET', `/v3/billdownload/file${query}`);
    assert.deepEqual([got.status, got.json.code], [400, code]);
    assert.ok(signedBy(got, merchant.simulator.merchant));
  }
});

test('refuses a token that has expired, in real time whatever the business clock says', async (t) => {
  const merchant = await openAfter(t, ['B1'], { token_seconds: 1 });
  const applied = await merchant.applyBill(DAY);
  await merchant.control.setClock({ advance_seconds: 86_400 });
  const { download_url } = applied.json;
  assert.equal((await merchant.download(download_url)).status, 200);
  await sleep(1100);
  const late = await merchant.download(download_url);
  assert.deepEqual([late.status, late.json.code], [400, 'INVALID_REQUEST']);
});

test('checks the signature of a download like any other', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { download_url } = (await merchant.applyBill(DAY)).json;
  const target = download_url.slice(merchant.simulator.url.length);
  const got = await merchant.send('GET', target, '', (sent) => {
    sent.headers['Authorization'] = sent.headers['Authorization']?.replace(/nonce_str="./, '$&x');
  });
  assert.deepEqual([got.status, got.json.code], [401, 'SIGN_ERROR']);
});

test('leaves out a payment that is planted as missing, and repeats one planted twice', async (t) => {
  const merchant = await openAfter(t, ['B1', 'B2']);
  await merchant.control.plantRow({ kind: 'missing', out_order_no: 'B1' });
  await merchant.control.plantRow({ kind: 'duplicate', out_order_no: 'B2' });
  const { file } = await fetched(merchant);
  const packets = dataLines(file).map((line) => cellsOf(line)[21]?.split('|')[2]);
  assert.deepEqual(packets, ['B2', 'B2']);
  assert.match(file.text, /`2\.0,`16\.0,/);
});

test('tells another amount where one is planted, the summary too', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  await merchant.control.plantRow({ kind: 'altered', out_order_no: 'B1', amount: 700 });
  const { file } = await fetched(merchant);
  const row = cellsOf(dataLines(file)[0]);
  assert.deepEqual([row[12], row[22], row[24]], ['7.00', '0.04000', '7.00']);
  assert.match(file.text, /`1\.0,`7\.0,`0\.0,`0\.0,`0\.04,`7\.0,/);
});

test('tells other text in planted cells, and leaves the summary as it was', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const cells = { 订单金额: 'eight', 交易类型: 'NEWKIND' };
  await merchant.control.plantRow({ kind: 'altered', out_order_no: 'B1', cells });
  const { file } = await fetched(merchant);
  const row = cellsOf(dataLines(file)[0]);
  assert.deepEqual([row[8], row[24]], ['NEWKIND', 'eight']);
  assert.match(file.text, /`1\.0,`8\.0,/);
});

test('tells refunds and reversals of other businesses, and many rows at once', async (t) => {
  const merchant = await openAfter(t, []);
  const time = '2026-10-01T12:00:00+08:00';
  const foreign = { kind: 'foreign', amount: 250, time } as const;
  await merchant.control.plantRow({ ...foreign, trade_state: 'REFUND', status: 'PROCESSING' });
  await merchant.control.plantRow({ ...foreign, trade_state: 'REVOKED', trade_type: 'MICROPAY' });
  await merchant.control.plantRow({ ...foreign, count: 50 });
  const rows = dataLines((await fetched(merchant)).file).map(cellsOf);
  assert.equal(rows.length, 52);
  assert.equal(new Set(rows.map((row) => row[5])).size, 52);
  assert.deepEqual(rows[0]?.slice(8, 10), ['NATIVE', 'REFUND']);
  assert.deepEqual(rows[0]?.slice(16, 20), ['2.50', '0.00', 'ORIGINAL', 'PROCESSING']);
  assert.deepEqual(rows[1]?.slice(8, 10), ['MICROPAY', 'REVOKED']);
  assert.deepEqual(rows[2]?.slice(8, 10), ['NATIVE', 'SUCCESS']);
});

test('puts a refund into the bill of its own day, with the payment’s numbers', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { control, query } = merchant;
  await control.plantRow({ kind: 'refund', out_order_no: 'B1', amount: 100 });
  await control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  const { file } = await fetched(merchant, { bill_date: '2026-10-02' });
  const [row, ...others] = dataLines(file).map(cellsOf);
  const { transaction_id } = (await query('B1')).json.collection.details[0];
  assert.deepEqual(
    [row?.[5], row?.[8], row?.[9], row?.[16]],
    [transaction_id, 'AUTH', 'REFUND', '1.00'],
  );
  assert.match(row?.[14] ?? '', /^50\d{27}$/);
  assert.equal(others.length, 0);
  const paid = dataLines((await fetched(merchant)).file).map(cellsOf);
  assert.deepEqual(
    paid.map((cells) => cells[9]),
    ['SUCCESS'],
  );
});

test('plants nothing on orders that are unknown or unpaid, and no refund beyond the payment', async (t) => {
  const { control, bill } = await openAfter(t, ['B1']);
  await bill('B2');
  await assert.rejects(control.plantRow({ kind: 'missing', out_order_no: 'none' }), {
    status: 404,
  });
  await assert.rejects(control.plantRow({ kind: 'missing', out_order_no: 'B2' }), { status: 409 });
  await control.plantRow({ kind: 'refund', out_order_no: 'B1', amount: 500 });
  const more = { kind: 'refund', out_order_no: 'B1', amount: 301 } as const;
  await assert.rejects(control.plantRow(more), { status: 409 });
  await assert.rejects(control.plantRow({ kind: 'altered', out_order_no: 'B1' }), { status: 400 });
  await assert.rejects(control.setBills({ ready_at: '25:00' }), { status: 400 });
  assert.equal((await control.clearRows()).rows.length, 0);
});

test('fault wrong-hash: the hash is not the file’s', async (t) => {
  const { applied, file } = await fetched(await openAfter(t, ['B1'], { file_fault: 'wrong-hash' }));
  assert.match(applied.json.hash_value, /^[0-9a-f]{40}$/);
  assert.notEqual(sha1(file.bytes), applied.json.hash_value);
  assert.match(file.text, /申请退款总金额\r\n`1\.0/);
});

for (const tar_type of [undefined, 'GZIP']) {
  test(`fault cut: ${tar_type ?? 'the plain file'} ends in the middle`, async (t) => {
    const merchant = await openAfter(t, ['B1']);
    const fields = tar_type === undefined ? {} : { tar_type };
    const whole = await fetched(merchant, fields);
    await merchant.control.setBills({ file_fault: 'cut' });
    const { applied, file } = await fetched(merchant, fields);
    assert.equal(applied.json.hash_value, whole.applied.json.hash_value);
    const half = whole.file.bytes.subarray(0, whole.file.bytes.length / 2);
    assert.deepEqual(file.bytes, half);
  });
}

test('fault another-day: the day before is sent, under its hash', async (t) => {
  const merchant = await openAfter(t, ['B1'], { file_fault: 'another-day' });
  const time = '2026-09-30T12:00:00+08:00';
  const empty = await fetched(merchant);
  assert.equal(dataLines(empty.file).length, 0);
  await merchant.control.plantRow({ kind: 'foreign', amount: 1, time });
  const { applied, file } = await fetched(merchant);
  assert.equal(sha1(file.bytes), applied.json.hash_value);
  assert.deepEqual(
    dataLines(file).map((line) => line.slice(1, 11)),
    ['2026-09-30'],
  );
});

test('fault unknown-column: every line has one more, and the hash is right', async (t) => {
  const { applied, file } = await fetched(
    await openAfter(t, ['B1'], { file_fault: 'unknown-column' }),
  );
  assert.equal(sha1(file.bytes), applied.json.hash_value);
  assert.match(file.text, /应结订单金额,数字人民币金额,代金券金额/);
  assert.equal(cellsOf(dataLines(file)[0]).length, 28);
});

test('fault not-gzip: what was asked for packed comes plain', async (t) => {
  const merchant = await openAfter(t, ['B1'], { file_fault: 'not-gzip' });
  const { applied, file } = await fetched(merchant, { tar_type: 'GZIP' });
  assert.equal(sha1(file.bytes), applied.json.hash_value);
  assert.throws(() => gunzipSync(file.bytes), { code: 'Z_DATA_ERROR' });
});

test('fault gzip-bomb: a megabyte that unpacks to a gigabyte', { timeout: 60_000 }, async (t) => {
  const merchant = await openAfter(t, ['B1'], { file_fault: 'gzip-bomb' });
  const { file } = await fetched(merchant, { tar_type: 'GZIP' });
  assert.ok(file.bytes.length < 2_000_000, String(file.bytes.length));
  assert.throws(() => gunzipSync(file.bytes, { maxOutputLength: 2 ** 28 }), {
    code: 'ERR_BUFFER_TOO_LARGE',
  });
});

test('fault foreign-token: the file is another merchant’s', async (t) => {
  const merchant = await openAfter(t, ['B1'], { file_fault: 'foreign-token' });
  const { file } = await fetched(merchant);
  assert.deepEqual([file.status, file.json.code], [403, 'NO_AUTH']);
  assert.ok(signedBy(file, merchant.simulator.merchant));
});

test('bills and their files have the general faults too', async (t) => {
  const merchant = await openAfter(t, ['B1']);
  const { control } = merchant;
  await control.planFault({ call: 'bill', fault: 'executed-then-500' });
  assert.equal((await merchant.applyBill(DAY)).status, 500);
  const { download_url } = (await merchant.applyBill(DAY)).json;
  await control.planFault({ call: 'bill-file', fault: 'unsigned-502' });
  assert.equal((await merchant.download(download_url)).status, 502);
  assert.equal((await merchant.download(download_url)).status, 200);
});

test('finds settings and planted rows again after a restart, but no token', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  const time = '2026-10-01T12:00:00+08:00';
  await before.plantRow({ kind: 'foreign', amount: 5, time });
  await before.setBills({ ready_at: '11:00' });
  await before.setClock({ now: '2026-10-02T11:00:00+08:00' });
  const { download_url, hash_value } = (await merchantOf(first).applyBill(DAY)).json;
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const { applyBill, send } = merchantOf(second);
  assert.equal((await createControl(second.url).billSettings()).ready_at, '11:00');
  assert.equal((await applyBill(DAY)).json.hash_value, hash_value);
  const late = await send('GET', download_url.slice(first.url.length));
  assert.equal(late.json.code, 'INVALID_REQUEST');
});

test('a day of 100,000 rows is there within seconds', { timeout: 60_000 }, async (t) => {
  const merchant = await openAfter(t, []);
  const time = '2026-10-01T12:00:00+08:00';
  await merchant.control.plantRow({ kind: 'foreign', amount: 100, count: 100_000, time });
  const start = performance.now();
  const { applied, file } = await fetched(merchant, { tar_type: 'GZIP' });
  const elapsed = performance.now() - start;
  const whole = gunzipSync(file.bytes);
  assert.equal(sha1(whole), applied.json.hash_value);
  assert.equal(whole.toString().split('\r\n').length, 100_004);
  t.diagnostic(`applied and downloaded in ${elapsed.toFixed(0)} ms, ${whole.length} bytes`);
});

test('tells the whole amount of a payment that a coupon covered, of which nothing is settled', async (t) => {
  const merchant = await openAfter(t, []);
  const { control, bill } = merchant;
  await control.setClock({ now: '2026-10-01T12:00:00+08:00' });
  await bill('B-coupon');
  await control.pay('B-coupon', { coupon: true });
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const { file } = await fetched(merchant);
  const [header = ''] = file.text.replace(/^\ufeff/, '').split('\r\n');
  const cells = cellsOf(dataLines(file)[0]);
  const amounts = ['应结订单金额', '代金券金额', '订单金额', '手续费'].map((name) =>
    Number(cells[header.split(',').indexOf(name)]),
  );
  assert.deepEqual(amounts, [0, 8, 8, 0]);
});
