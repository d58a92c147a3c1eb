/** What our client does with the guide's messages: sent as they are, kept back, or put in its own words. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Writable } from 'node:stream';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import {
  BillLinkExpiredError,
  InvalidParameterError,
  WechatpayRefusal,
} from '../../wechatpay/errors.ts';
import { clientOf } from '../support/merchant.ts';
import { answer, startWechat } from '../wechatpay/wechat-server.ts';
import { messageOf, type Message } from './message.ts';
import { corrected, printedOf, type Sample } from './sample.ts';
import { SAMPLES } from './samples.ts';
import { openStage } from './stage.ts';

const stage = await openStage();
const { simulator } = stage;
const client = clientOf(simulator.merchant);
after(() => client.close());

/** What stands last in the path, or before the last word of it. */
const last = ({ target }: Message, fromEnd = 1) =>
  target.split('?')[0]?.split('/').at(-fromEnd) ?? '';
/** Whatever the query holds: the guide leaves out what the call's type asks for. */
const queryIn = ({ target }: Message): any =>
  Object.fromEntries(new URLSearchParams(target.split('?')[1]));
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

type Calls = Record<string, (by: WechatpayClient, message: Message) => Promise<unknown>>;
const CALLS: Calls = {
  permission: (by, it) => by.getPermissionByOpenid({ openid: last(it), ...queryIn(it) }),
  prepare: (by, { body }) => by.preparePermission(body),
  create: (by, { body }) => by.createServiceOrder(body),
  complete: (by, it) => by.completeServiceOrder(last(it, 2), it.body),
  modify: (by, it) => by.modifyServiceOrder(last(it, 2), it.body),
  cancel: (by, it) => by.cancelServiceOrder(last(it, 2), it.body),
  sync: (by, it) => by.syncServiceOrder(last(it, 2), it.body),
  query: (by, it) => by.getServiceOrder(queryIn(it)),
  bill: (by, it) => by.applyForTradeBill(queryIn(it)),
  'bill-file': (by, { target }) =>
    by.downloadBill({ download_url: simulator.url + target, hash_value: '' }, nowhere()),
};
const callOf = (sample: Sample) => CALLS[printedOf(sample).call]!;
const nameOf = (sample: Sample) =>
  `${sample.section} ${printedOf(sample).call} (${sample.language})`;
const those = (way: Sample['client']) => SAMPLES.filter(({ client: its }) => its === way);

for (const sample of those('sends it')) {
  const printed = messageOf(printedOf(sample));
  const { status, code } = sample.verbatim;

  test(`${nameOf(sample)} is sent as it is printed`, async (t) => {
    const wechat = await startWechat(t, answer(200, '{}'));
    await callOf(sample)(wechat.client, printed);
    const [sent] = wechat.requests;
    assert.deepEqual([sent?.method, sent?.target], [printed.method, printed.target]);
    assert.equal(sent?.body, printed.body === undefined ? '' : JSON.stringify(printed.body));
  });

  test(`${nameOf(sample)} as printed is a proven refusal, ${code}`, async () => {
    await assert.rejects(callOf(sample)(client, printed), (error) => {
      assert.ok(error instanceof WechatpayRefusal, 'not a refusal');
      assert.deepEqual([error.status, error.errorCode, error.proven], [status, code, true]);
      assert.equal(error.words.split(' (')[0], sample.verbatim.message);
      return true;
    });
  });
}

for (const sample of those('keeps it back')) {
  test(`${nameOf(sample)} as printed is not sent: its path is not filled in`, async (t) => {
    const wechat = await startWechat(t, answer(200, '{}'));
    const call = callOf(sample)(wechat.client, messageOf(printedOf(sample)));
    await assert.rejects(call, InvalidParameterError);
    assert.deepEqual(wechat.requests, []);
  });
}

for (const sample of SAMPLES.filter(({ section }) => section !== '3.2.12')) {
  test(`${nameOf(sample)}, corrected, is done`, async () => {
    const given = await stage.givenFor(sample);
    await callOf(sample)(client, corrected(sample, sample.breaches, given));
  });
}

for (const sample of those('says it otherwise').filter(({ section }) => section === '3.2.11')) {
  test(`${nameOf(sample)} is sent with its day alone, for everything, zipped`, async (t) => {
    const link = { hash_type: 'SHA1', hash_value: 'ab', download_url: 'https://x/y?token=1' };
    const wechat = await startWechat(t, answer(200, JSON.stringify(link)));
    const printed = messageOf(printedOf(sample));
    await callOf(sample)(wechat.client, printed);
    const { bill_date } = queryIn(printed);
    const target = `/v3/bill/tradebill?bill_date=${bill_date}&bill_type=ALL&tar_type=GZIP`;
    assert.equal(wechat.requests[0]?.target, target);
    await assert.rejects(callOf(sample)(client, printed), {
      errorCode: 'INVALID_REQUEST',
      proven: true,
    });
  });
}

test('3.2.12 bill-file as printed leads away from this WeChat Pay, and is not followed', async () => {
  const { url } = printedOf(SAMPLES.find(({ section }) => section === '3.2.12')!);
  const link = { download_url: url, hash_value: '' };
  await assert.rejects(client.downloadBill(link, nowhere()), InvalidParameterError);
});

test('3.2.12 bill-file is an expired link, as is every token that was never given', async () => {
  const sample = SAMPLES.find(({ section }) => section === '3.2.12')!;
  const call = callOf(sample)(client, messageOf(printedOf(sample)));
  await assert.rejects(call, BillLinkExpiredError);
});

test('3.2.12 bill-file is downloaded by the link that 3.2.11 gave, and proven by its hash', async () => {
  const { bill_date } = await stage.givenFor(SAMPLES.find(({ section }) => section === '3.2.12')!);
  const link = await client.applyForTradeBill({ bill_date });
  assert.notEqual(await client.downloadBill(link, nowhere()), 0);
});
