/** Bills that a merchant really gets and no page draws: early layouts, provider's rows, coupons, rows told otherwise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillSettings } from '../../simulator/control.ts';
import { open, type Opened } from './merchant.ts';

type Test = Parameters<typeof open>[0];
type Row = Record<string, string>;

const TIME = '2026-10-01T12:00:00+08:00';
const foreign = { kind: 'foreign', amount: 1000, time: TIME } as const;
/** The layout of before 免充值代金券, from the public record; * is its word for coupons. */
const EARLY =
  '交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,*金额,微信退款单号,商户退款单号,退款金额,*退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率';
const EARLY_SUCCESS = EARLY.replace(/微信退款单号.*退款状态,/, '');
const EARLY_REFUND = EARLY.replace('微信退款单号', '退款申请时间,退款成功时间,微信退款单号');
const EARLY_SUMMARY = '总交易单数,总交易额,总退款金额,总*退款金额,手续费总金额';

/** The morning after orders of 8 yuan were paid. */
async function openAfter(t: Test, orders: string[], settings: Partial<BillSettings> = {}) {
  const merchant = await open(t);
  await merchant.control.setClock({ now: '2026-10-01T08:00:00+08:00' });
  for (const order of orders) {
    await merchant.bill(order);
    await merchant.control.pay(order);
  }
  await merchant.control.setBills(settings);
  await merchant.control.setClock({ now: '2026-10-03T10:00:00+08:00' });
  return merchant;
}

async function billOf({ applyBill, download }: Opened, fields: object = {}) {
  const applied = await applyBill({ bill_date: '2026-10-01', ...fields });
  assert.equal(applied.status, 200, applied.text);
  const { text } = await download(applied.json.download_url);
  const lines = text.replace(/^\ufeff/, '').split('\r\n');
  const cells = (line = '') => line.slice(1).split(',`');
  const header = lines[0] ?? '';
  const summary = lines.at(-3) ?? '';
  const rows = lines.slice(1, -3).map((line) => named(header, cells(line)));
  return { header, summary, rows, totals: named(summary, cells(lines.at(-2))) };
}

function named(header: string, cells: string[]): Row {
  return Object.fromEntries(header.split(',').map((name, at) => [name, cells[at] ?? '']));
}

function picked(row: Row | undefined, ...headers: string[]): (string | undefined)[] {
  return headers.map((header) => row?.[header]);
}

for (const [layout, coupon] of [
  ['early-coupon', '代金券或立减优惠'],
  ['early-red-packet', '企业红包'],
] as const) {
  test(`layout ${layout}: 24, 18 and 26 columns, and five totals in each type`, async (t) => {
    const merchant = await openAfter(t, ['E1'], { layout });
    await merchant.control.plantRow({ ...foreign, trade_state: 'REFUND' });
    for (const [bill_type, header, columns] of [
      ['ALL', EARLY, 24],
      ['SUCCESS', EARLY_SUCCESS, 18],
      ['REFUND', EARLY_REFUND, 26],
    ] as const) {
      const told = await billOf(merchant, { bill_type });
      assert.equal(told.header, header.replaceAll('*', coupon));
      assert.equal(told.header.split(',').length, columns);
      assert.equal(told.summary, EARLY_SUMMARY.replaceAll('*', coupon));
    }
  });
}

test('an early layout tells of one amount: what was ordered, and what was asked back', async (t) => {
  const merchant = await openAfter(t, ['E1'], { layout: 'early-coupon', summary: 'fixed' });
  const refund = { kind: 'refund', out_order_no: 'E1', amount: 300 } as const;
  await merchant.control.plantRow({ ...refund, time: TIME });
  const { rows, totals } = await billOf(merchant);
  const amounts = ['总金额', '退款金额', '手续费'];
  assert.deepEqual(
    rows.map((row) => picked(row, ...amounts)),
    [
      ['8.00', '0.00', '0.05000'],
      ['0.00', '3.00', '-0.02000'],
    ],
  );
  assert.deepEqual(Object.values(totals), ['2', '8.00', '3.00', '0.00', '0.03000']);
});

test('a summary of seven stands under SUCCESS when told to, as in 2019', async (t) => {
  const merchant = await openAfter(t, ['E1'], { success_summary: 'seven' });
  const { header, totals } = await billOf(merchant, { bill_type: 'SUCCESS' });
  assert.equal(header.split(',').length, 20);
  assert.deepEqual(Object.values(totals), ['1.0', '8.0', '0.0', '0.0', '0.05', '8.0', '0.0']);
});

test('fees add up to some fen less or more when told to', async (t) => {
  const merchant = await openAfter(t, ['E1'], { fee_total_off: -1 });
  assert.equal((await billOf(merchant)).totals['手续费总金额'], '0.04');
  await merchant.control.setBills({ fee_total_off: 1 });
  assert.equal((await billOf(merchant)).totals['手续费总金额'], '0.06');
});

test('a provider’s row has the provider as 商户号 and the merchant as 特约商户号', async (t) => {
  const merchant = await openAfter(t, ['E1']);
  const { mchid } = merchant.simulator.merchant;
  await merchant.control.plantRow({ ...foreign, mchid: '1900000999', sub_mchid: mchid });
  assert.deepEqual(
    (await billOf(merchant)).rows.map((row) => picked(row, '商户号', '特约商户号')),
    [
      [mchid, '0'],
      ['1900000999', mchid],
    ],
  );
});

test('a reversal may have 0 or nothing for numbers, another currency, and any number of its own', async (t) => {
  const merchant = await openAfter(t, []);
  const reversal = { ...foreign, trade_state: 'REVOKED' } as const;
  const ids = (id: string) => ({ transaction_id: id, refund_id: id, out_refund_no: id });
  await merchant.control.plantRow({ ...reversal, ...ids('0'), out_trade_no: 'a|b*c' });
  await merchant.control.plantRow({ ...reversal, ...ids(''), currency: 'HKD' });
  const headers = ['微信订单号', '微信退款单号', '商户退款单号', '货币种类'];
  const { rows } = await billOf(merchant);
  assert.deepEqual(
    rows.map((row) => picked(row, ...headers)),
    [
      ['0', '0', '0', 'CNY'],
      ['', '', '', 'HKD'],
    ],
  );
  assert.equal(rows[0]?.['商户订单号'], 'a|b*c');
});

test('a payment and its refund may each stand under another type', async (t) => {
  const merchant = await openAfter(t, ['E1']);
  const of = { out_order_no: 'E1' };
  await merchant.control.plantRow({ kind: 'altered', ...of, trade_type: 'APP' });
  const refund = { kind: 'refund', ...of, amount: 300, time: TIME } as const;
  await merchant.control.plantRow({ ...refund, trade_type: 'NATIVE' });
  const { rows } = await billOf(merchant);
  assert.deepEqual(
    rows.map((row) => picked(row, '交易类型', '微信订单号', '商户数据包')),
    ['APP', 'NATIVE'].map((type) => [type, ...picked(rows[0], '微信订单号', '商户数据包')]),
  );
});

test('a payment may stand in the bills of two days', async (t) => {
  const merchant = await openAfter(t, ['E1']);
  const time = '2026-10-02T00:00:01+08:00';
  await merchant.control.plantRow({ kind: 'repeated', out_order_no: 'E1', time });
  const [first] = (await billOf(merchant)).rows;
  const [second, ...others] = (await billOf(merchant, { bill_date: '2026-10-02' })).rows;
  assert.equal(second?.['交易时间'], '2026-10-02 00:00:01');
  assert.deepEqual({ ...second, 交易时间: '' }, { ...first, 交易时间: '' });
  assert.equal(others.length, 0);
});

for (const [coupon_type, settled, fee] of [
  ['NOCASH', ['6.00', '2.00', '8.00'], '0.04000'],
  ['CASH', ['8.00', '2.00', '8.00'], '0.05000'],
] as const) {
  test(`a ${coupon_type} coupon of 2 yuan leaves ${settled[0]} of 8 to settle`, async (t) => {
    const merchant = await openAfter(t, ['E1']);
    const altered = { kind: 'altered', out_order_no: 'E1', coupon_type } as const;
    await merchant.control.plantRow({ ...altered, coupon_amount: 200 });
    const { rows, totals } = await billOf(merchant);
    const headers = ['应结订单金额', '代金券金额', '订单金额', '手续费'];
    assert.deepEqual(picked(rows[0], ...headers), [...settled, fee]);
    assert.equal(Number(totals['应结订单总金额']), Number(settled[0]));
  });
}

for (const [coupon_type, expected] of [
  ['NOCASH', ['3.00', '0.00', '4.00']],
  ['CASH', ['4.00', '1.00', '4.00']],
] as const) {
  test(`a refund of 4 yuan with a ${coupon_type} coupon of 1 in it gives back ${expected[0]}`, async (t) => {
    const merchant = await openAfter(t, ['E1']);
    const refund = { kind: 'refund', out_order_no: 'E1', amount: 400, time: TIME } as const;
    await merchant.control.plantRow({ ...refund, coupon_type, coupon_amount: 100 });
    const { rows, totals } = await billOf(merchant);
    const headers = ['退款金额', '充值券退款金额', '申请退款金额'];
    assert.deepEqual(picked(rows[1], ...headers), expected);
    const sums = picked(totals, '退款总金额', '充值券退款总金额', '申请退款总金额');
    assert.deepEqual(sums.map(Number), expected.map(Number));
  });
}

test('first_copy without-last-row: the bill that is asked for again has one row more', async (t) => {
  const settings = { first_copy: 'without-last-row' } as const;
  const merchant = await openAfter(t, ['E1', 'E2'], settings);
  const counts = [];
  for (const _ of ['first', 'second', 'third']) {
    counts.push((await billOf(merchant)).totals['总交易单数']);
  }
  assert.deepEqual(counts, ['1.0', '2.0', '2.0']);
  await merchant.control.setBills({});
  assert.equal((await billOf(merchant)).totals['总交易单数'], '1.0');
});

test('other text in planted cells stands in refunds and rows of others too', async (t) => {
  const merchant = await openAfter(t, ['E1']);
  const cells = { 费率备注: 'odd' };
  const refund = { kind: 'refund', out_order_no: 'E1', amount: 300, time: TIME } as const;
  await merchant.control.plantRow({ ...refund, cells });
  await merchant.control.plantRow({ ...foreign, cells });
  const remarks = (await billOf(merchant)).rows.map((row) => row['费率备注']);
  assert.deepEqual(remarks, ['', 'odd', 'odd']);
});
