/** The trade bill through wechatpay-axios-plugin: applied for, downloaded, hashed and read by its code. */
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Formatter, Hash } from 'wechatpay-axios-plugin';
import type { Json } from '../simulator/merchant.ts';
import { openStory } from './story.ts';

const story = await openStory();
const { plugin, control } = story;
const bill_date = '2026-10-01';

await control.setClock({ now: `${bill_date}T08:00:00+08:00` });
const automatic = await story.bill(800);
await control.pay(automatic);
const fromPage = await story.bill(1234);
await control.payFromPage(fromPage);
await control.setClock({ now: '2026-10-02T10:00:00+08:00' });

async function apply(fields: object = {}): Promise<{ token: string; hash: string }> {
  const { data } = await plugin.get('v3/bill/tradebill', { bill_date, ...fields });
  const token = new URL(data.download_url).searchParams.get('token') ?? '';
  assert.equal(data.hash_type, 'SHA1');
  return { token, hash: data.hash_value };
}

const fetched = (token: string, responseType: 'arraybuffer' | 'stream') =>
  plugin.get('v3/billdownload/file', { token }, { responseType });

test('the plain file, in memory, has the SHA1 that was told', async () => {
  const { token, hash } = await apply();
  assert.equal(Hash.sha1((await fetched(token, 'arraybuffer')).data), hash);
});

test('the packed file, as a stream, has the SHA1 that was told when it is unpacked', async () => {
  const { token, hash } = await apply({ bill_type: 'ALL', tar_type: 'GZIP' });
  const packed = await buffer((await fetched(token, 'stream')).data);
  assert.notEqual(Hash.sha1(packed), hash);
  assert.equal(Hash.sha1(gunzipSync(packed)), hash);
});

test('its reader finds the rows and the summary', async () => {
  const { token } = await apply();
  const { rows, summary }: Json = Formatter.castCsvBill((await fetched(token, 'arraybuffer')).data);
  const queried = await Promise.all([automatic, fromPage].map((number) => plugin.query(number)));
  const paid = queried.map(({ data }) => data.collection.details[0].transaction_id);
  const { order_id } = queried[0]!.data;
  assert.deepEqual(
    rows.map((row: Json) => [row['微信订单号'], row['交易类型'], row['订单金额']]),
    [
      [paid[0], 'AUTH', '8.00'],
      [paid[1], 'JSAPI', '12.34'],
    ],
  );
  assert.equal(rows[0]['商户数据包'], `wxzff|${order_id}|${automatic}`);
  assert.equal(rows[1]['商户订单号'], fromPage);
  assert.deepEqual([Number(summary['总交易单数']), summary['订单总金额']], [2, '20.34']);
});
