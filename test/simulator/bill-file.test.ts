/** The file of a bill, byte by byte, as the documents and their public sample have it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { BillSettings } from '../../simulator/control.ts';
import { open, OPENID, type Opened } from './merchant.ts';

type Test = Parameters<typeof open>[0];

const ALL =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUCCESS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注';
const REFUND =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const SUMMARY_SUCCESS = '总交易单数,应结订单总金额,手续费总金额,订单总金额';

/** On 1 October 2026 an order of 8 yuan is paid, three of it come back, and another business takes 12.34. */
async function openDay(t: Test, settings: Partial<BillSettings> = {}) {
  const merchant = await open(t);
  const { control, bill, query } = merchant;
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  await bill('T1');
  await control.setClock({ now: '2026-10-01T09:30:05+08:00', factor: 0.001 });
  await control.pay('T1');
  await control.plantRow({
    kind: 'refund',
    out_order_no: 'T1',
    amount: 300,
    refund_id: '50000709672026100100000000001',
    out_refund_no: 'RF-1',
    time: '2026-10-01T18:00:00+08:00',
  });
  await control.plantRow({
    kind: 'foreign',
    trade_type: 'MICROPAY',
    amount: 1234,
    coupon_amount: 34,
    transaction_id: '4200000000202610010000000002',
    out_trade_no: 'shop-7',
    openid: 'oShop',
    bank_type: 'CMB_CREDIT',
    device: 'till,1',
    body: '零食',
    attach: 'a`b',
    time: '2026-10-01T12:00:00+08:00',
  });
  await control.setBills(settings);
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const { order_id, collection } = (await query('T1')).json;
  return { ...merchant, order_id, transaction_id: collection.details[0].transaction_id };
}

async function fileOf({ applyBill, download }: Opened, bill_type: string) {
  const applied = await applyBill({ bill_date: '2026-10-01', bill_type });
  assert.equal(applied.status, 200, applied.text);
  const { bytes } = await download(applied.json.download_url);
  assert.equal(createHash('sha1').update(bytes).digest('hex'), applied.json.hash_value);
  return bytes;
}

/** WeChat Pay's own number for an automatic charge: the one value that cannot be known beforehand. */
function generatedNumber(file: Buffer): string {
  const number = /`(\d{28}),`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`AUTH/.exec(file.toString())?.[1];
  assert.ok(number, file.toString());
  return number;
}

async function expectedLines(day: Awaited<ReturnType<typeof openDay>>) {
  const { order_id, transaction_id, simulator } = day;
  const { mchid, appid } = simulator.merchant;
  const number = generatedNumber(await fileOf(day, 'ALL'));
  const who = `\`${appid},\`${mchid},\`0`;
  const packet = `\`wxzff|${order_id}|T1`;
  const paid = `${who},\`,\`${transaction_id},\`${number},\`${OPENID},\`AUTH`;
  const shop = `${who},\`till\\ 1,\`4200000000202610010000000002,\`shop-7,\`oShop,\`MICROPAY`;
  return { packet, paid, shop };
}

test('writes payments, refunds and other businesses into ALL, under 27 columns', async (t) => {
  const day = await openDay(t);
  const { packet, paid, shop } = await expectedLines(day);
  const expected = [
    `\ufeff${ALL}`,
    `\`2026-10-01 09:30:05,${paid},\`SUCCESS,\`OTHERS,\`CNY,\`8.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`充电宝租借,${packet},\`0.05000,\`0.60%,\`8.00,\`0.00,\``,
    `\`2026-10-01 12:00:00,${shop},\`SUCCESS,\`CMB_CREDIT,\`CNY,\`12.00,\`0.34,\`0,\`0,\`0.00,\`0.00,\`,\`,\`零食,\`a\\\`b,\`0.07000,\`0.60%,\`12.34,\`0.00,\``,
    `\`2026-10-01 18:00:00,${paid},\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50000709672026100100000000001,\`RF-1,\`3.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`充电宝租借,${packet},\`-0.02000,\`0.60%,\`0.00,\`3.00,\``,
    SUMMARY,
    '`3.0,`20.0,`3.0,`0.0,`0.1,`20.34,`3.0',
    '',
  ].join('\r\n');
  assert.deepEqual((await fileOf(day, 'ALL')).toString('utf8'), expected);
  assert.deepEqual((await fileOf(day, 'ALL')).subarray(0, 3), Buffer.of(0xef, 0xbb, 0xbf));
});

test('writes only payments into SUCCESS, under 20 columns and a summary of four', async (t) => {
  const day = await openDay(t);
  const { packet, paid, shop } = await expectedLines(day);
  const expected = [
    `\ufeff${SUCCESS}`,
    `\`2026-10-01 09:30:05,${paid},\`SUCCESS,\`OTHERS,\`CNY,\`8.00,\`0.00,\`充电宝租借,${packet},\`0.05000,\`0.60%,\`8.00,\``,
    `\`2026-10-01 12:00:00,${shop},\`SUCCESS,\`CMB_CREDIT,\`CNY,\`12.00,\`0.34,\`零食,\`a\\\`b,\`0.07000,\`0.60%,\`12.34,\``,
    SUMMARY_SUCCESS,
    '`2.0,`20.0,`0.12,`20.34',
    '',
  ].join('\r\n');
  assert.equal((await fileOf(day, 'SUCCESS')).toString('utf8'), expected);
});

test('writes only refunds into REFUND, under 29 columns with both of their times', async (t) => {
  const day = await openDay(t);
  const { packet, paid } = await expectedLines(day);
  const expected = [
    `\ufeff${REFUND}`,
    `\`2026-10-01 18:00:00,${paid},\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`2026-10-01 18:00:00,\`2026-10-01 18:00:00,\`50000709672026100100000000001,\`RF-1,\`3.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`充电宝租借,${packet},\`-0.02000,\`0.60%,\`0.00,\`3.00,\``,
    SUMMARY,
    '`1.0,`0.0,`3.0,`0.0,`-0.02,`0.0,`3.0',
    '',
  ].join('\r\n');
  assert.equal((await fileOf(day, 'REFUND')).toString('utf8'), expected);
});

test('has 27, 20 and 29 columns', () => {
  assert.deepEqual(
    [ALL, SUCCESS, REFUND].map((header) => header.split(',').length),
    [27, 20, 29],
  );
});

test('writes the summary with fixed decimals and a whole count when told to', async (t) => {
  const day = await openDay(t, { summary: 'fixed' });
  const lines = (await fileOf(day, 'ALL')).toString('utf8').split('\r\n');
  assert.equal(lines.at(-2), '`3,`20.00,`3.00,`0.00,`0.10000,`20.34,`3.00');
});

const special = [
  ['a backslash', '\\', '\\\\', '\\\\'],
  ['a single quote', "'", "\\'", "'"],
  ['a double quote', '"', '\\"', '\\"'],
  ['a backtick', '`', '\\`', '\\140'],
  ['a comma', ',', '\\ ', '\\ '],
  ['a line feed', '\n', '\\n', '\\n'],
  ['a carriage return', '\r', '\\r', '\\r'],
  ['a tab', '\t', '\\t', '\\t'],
  ['U+E000', '\ue000', '\\ ', '\\ '],
  ['U+001A', '\u001a', '\\\u001a', '\\\u001a'],
] as const;

test('escapes what would break the file in names, packets and devices, on refunds differently', async (t) => {
  const { control, applyBill, download } = await open(t);
  await control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  for (const trade_state of ['SUCCESS', 'REFUND'] as const) {
    for (const [, character] of special) {
      const text = `<${character}>`;
      const said = { body: text, attach: text, device: text, amount: 1 };
      await control.plantRow({ kind: 'foreign', trade_state, ...said });
    }
  }
  await control.setClock({ now: '2026-10-02T10:00:00+08:00' });
  const applied = await applyBill({ bill_date: '2026-10-01' });
  const lines = (await download(applied.json.download_url)).text.split('\r\n').slice(1, -3);
  const cells = (state: string) =>
    lines
      .filter((line) => line.includes(`\`${state},`))
      .map((line) => line.slice(1).split(',`'))
      .map((row) => [row[4], row[20], row[21]]);
  for (const [nth, [name, , onPayment, onRefund]] of special.entries()) {
    const paid = `<${onPayment}>`;
    const back = `<${onRefund}>`;
    assert.deepEqual(cells('SUCCESS')[nth], [paid, paid, paid], name);
    assert.deepEqual(cells('REFUND')[nth], [back, back, back], name);
  }
});
