/** What is refused before it is read: callbacks by their headers, web pages, and bodies that are no JSON in UTF-8. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { headOf, stranger } from '../../support/attack.ts';
import { eventually } from '../../support/eventually.ts';
import { newNumber, rental } from '../../support/orders.ts';
import { useSigningStack } from '../../support/stage.ts';

const FORGED = '{"code":"FAIL","message":"not verified"}';

describe('a callback', () => {
  const signing = useSigningStack();

  /** The answer to a head whose body is announced and never sent. */
  async function answerTo(headers: Record<string, string>, length = 1_499_999): Promise<string> {
    const one = stranger(signing.stage.stack.url, headOf(headers, length));
    await eventually('an answer', async () => one.heard().endsWith('}'), 5_000);
    one.socket.destroy();
    return one.heard();
  }

  for (const [what, change] of [
    ['no signature', { 'wechatpay-signature': '' }],
    ['no nonce', { 'wechatpay-nonce': '' }],
    ['a signature of another type', { 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' }],
    ['a timestamp of long ago', { 'wechatpay-timestamp': '1700000000' }],
    ['a timestamp that is none', { 'wechatpay-timestamp': 'now' }],
    ['a serial that nobody knows', { 'wechatpay-serial': 'PUB_KEY_ID_0' }],
  ] as const) {
    it(`with ${what} is refused before its body is read, and its connection ends`, async () => {
      const { headers } = await signing.wechat.notification({ resource: {} });
      const heard = await answerTo({ ...headers, ...change });
      assert.match(heard, /^HTTP\/1\.1 401 [^]*connection: close/i);
      assert.ok(heard.endsWith(FORGED), heard);
    });
  }

  it('that announces more than WeChat Pay sends is refused before its body is read', async () => {
    const { headers } = await signing.wechat.notification({ resource: {} });
    assert.match(await answerTo(headers, 1_500_001), /^HTTP\/1\.1 413 /);
  });

  it('that does not say how long it is may not be long', async () => {
    const { url } = signing.stage.stack;
    const { headers, body } = await signing.wechat.notification({
      resource: {},
      event_type: 'NEW',
    });
    const send = async (bytes: Buffer) => {
      const chunked = { method: 'POST', headers, body: new Blob([bytes]).stream(), duplex: 'half' };
      return (await fetch(`${url}/wechatpay/notifications`, chunked as RequestInit)).status;
    };
    assert.equal(await send(Buffer.from(body)), 204);
    assert.equal(await send(Buffer.alloc(65_537)), 413);
  });

  it('is counted for each that was not believed, and logged once a second with how many more', async () => {
    const { stack } = signing.stage;
    const { body, headers } = await signing.wechat.notification({ resource: {} });
    // What came before is told of by then.
    await delay(2_500);
    stack.logs.splice(0);
    const counted = async (reason: string) => {
      const text = await stack.figures();
      const series = `wechatpay_unverified_total{message="notification",reason="${reason}"} `;
      const line = text.split('\n').find((one) => one.startsWith(series));
      return Number(line?.slice(series.length) ?? 0);
    };
    const kinds = { signature: { ...headers, 'wechatpay-nonce': 'other' }, header: {} };
    const earlier = { signature: await counted('signature'), header: await counted('header') };
    const begin = Date.now();
    for (const forged of Object.values(kinds)) {
      for (let n = 0; n < 100; n++) {
        await fetch(`${stack.url}/wechatpay/notifications`, {
          method: 'POST',
          headers: forged,
          body,
        });
      }
    }
    for (const reason of ['signature', 'header'] as const) {
      assert.equal(await counted(reason), earlier[reason] + 100);
    }
    const refusals = () => stack.logs.filter(({ reason }) => String(reason) in kinds);
    const told = () => refusals().reduce((sum, { more }) => sum + Number(more ?? 1), 0);
    await eventually('200 to be told of', async () => told() === 200);
    const seconds = Math.ceil((Date.now() - begin) / 1_000);
    assert.ok(refusals().length <= 2 * (seconds + 1), `${refusals().length} lines in ${seconds} s`);
  });

  it('with a body that is compressed, too long or cut off is counted', async () => {
    const { stack } = signing.stage;
    const { body, headers } = await signing.wechat.notification({ resource: {} });
    await fetch(`${stack.url}/wechatpay/notifications`, {
      method: 'POST',
      headers: { ...headers, 'content-encoding': 'gzip' },
      body,
    });
    const text = await stack.figures();
    assert.match(
      text,
      /^wechatpay_unverified_total\{message="notification",reason="body"\} [1-9]/m,
    );
  });

  it('may come under any host: the proxy before the API has its own', async () => {
    const { body, headers } = await signing.wechat.notification({
      resource: {},
      event_type: 'NEW.THING',
    });
    const { url } = signing.stage.stack;
    const named = { ...headers, host: 'shop.example.cn', connection: 'close' };
    const one = stranger(url, headOf(named, Buffer.byteLength(body)), body);
    await one.ended;
    assert.match(one.heard(), /^HTTP\/1\.1 204 /);
  });

  describe('without API keys, a request', () => {
    /** Opens an order with these headers, and tells what came of it. */
    async function opening(change: Record<string, string>, target = '/v1/service-orders') {
      const order = rental();
      const body = JSON.stringify(order);
      const headers = {
        host: new URL(signing.stage.stack.url).host,
        'content-type': 'application/json',
        connection: 'close',
        ...change,
      };
      const head = headOf(headers, Buffer.byteLength(body)).replace(
        '/wechatpay/notifications',
        target,
      );
      const one = stranger(signing.stage.stack.url, head, body);
      await one.ended;
      const read = await signing.stage.stack.api.read(order.out_order_no);
      return {
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(one.heard())?.[1]),
        heard: one.heard(),
        isOpened: read.status !== 404,
      };
    }

    for (const [what, change] of [
      ['of a web page', { origin: 'https://evil.example' }],
      ['of a page without an origin', { origin: 'null' }],
      ['of a page that another program on this machine shows', { origin: 'http://localhost:5173' }],
      ['that a browser sends for another site', { 'sec-fetch-site': 'cross-site' }],
      ['that a browser sends for another port', { 'sec-fetch-site': 'same-site' }],
      ['to a name that leads here', { host: 'evil.example' }],
      ['to a name that looks like here', { host: '127.0.0.1.evil.example:3000' }],
      ['to another address', { host: '192.168.1.7:3000' }],
      ['to another IPv6 address', { host: '[::2]:3000' }],
      ['to no host', { host: '' }],
    ] as const) {
      it(`${what} opens nothing: 403`, async () => {
        const { status, heard, isOpened } = await opening(change);
        assert.equal(status, 403);
        assert.match(heard, /urn:payscore-orders:not-from-here/);
        assert.match(heard, /API_KEYS_FILE/);
        assert.equal(isOpened, false);
      });
    }

    it('in absolute form is to the host of its target', async () => {
      const { status, isOpened } = await opening({}, 'http://evil.example/v1/service-orders');
      assert.deepEqual([status, isOpened], [403, false]);
      assert.equal((await opening({}, 'http://localhost/v1/service-orders')).isOpened, true);
    });

    for (const host of ['localhost', 'LOCALHOST:3000', '127.0.0.1', '127.8.8.8:1', '[::1]:3000']) {
      it(`to ${host} is taken`, async () => {
        assert.equal((await opening({ host })).isOpened, true);
      });
    }

    it('reads nothing for a web page either, but tells it whether the API lives', async () => {
      const { url, api } = signing.stage.stack;
      const headers = { 'sec-fetch-site': 'cross-site' };
      assert.equal((await api.call('GET', '/v1/service-orders', undefined, headers)).status, 403);
      assert.equal((await fetch(`${url}/healthz`, { headers })).status, 200);
    });
  });

  describe('a body', () => {
    it('is taken as JSON only, and refused as anything else: 415', async () => {
      const { api } = signing.stage.stack;
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=gbk',
        'text/json',
      ]) {
        const headers = { 'content-type': type };
        const answer = await api.call('POST', '/v1/service-orders', rental(), headers);
        assert.equal(answer.status, 415, type);
        assert.equal(answer.body.type, 'urn:payscore-orders:not-json');
      }
      for (const type of ['application/json', 'Application/JSON; charset="UTF-8"']) {
        const headers = { 'content-type': type };
        const answer = await api.call('POST', '/v1/service-orders', rental(), headers);
        assert.ok([201, 202].includes(answer.status), type);
      }
    });

    it('that is not there needs no type', async () => {
      const { url } = signing.stage.stack;
      const path = `/v1/service-orders/${newNumber()}/refresh`;
      assert.equal((await fetch(url + path, { method: 'POST' })).status, 404);
    });

    it('in GBK is refused, and told that bodies are UTF-8', async () => {
      const { api, url } = signing.stage.stack;
      const order = rental({ service_introduction: '@' });
      const [before = '', after = ''] = JSON.stringify(order).split('@');
      // 充电宝 in GBK.
      const gbk = Buffer.from('b3e4b5e7b1a6', 'hex');
      const answer = await fetch(`${url}/v1/service-orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat([Buffer.from(before), gbk, Buffer.from(after)]),
      });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /UTF-8/);
      assert.equal((await api.read(order.out_order_no)).status, 404);
    });

    it('with thousands of faults gets a short answer, which counts them', async () => {
      const faults = Array.from({ length: 9_000 }, (_, n) => [`k${n}`, 1]);
      const body = { ...rental(), ...Object.fromEntries(faults) };
      const answer = await signing.stage.stack.api.open(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.errors.length, 20);
      assert.match(
        answer.body.detail,
        /^9000 faults in the body, of which the first 20 are listed/,
      );
    });

    it('is not sent back in the name of a field', async () => {
      const answer = await signing.stage.stack.api.open({ ...rental(), ['k'.repeat(50_000)]: 1 });
      assert.equal(answer.status, 400);
      assert.ok(JSON.stringify(answer.body).length < 1_000);
    });
  });
});
