/** Who is let in to the page, what its browser may do, and how it is used without script. No API is behind it here. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { steadyPort } from '../support/port.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { orderDetailJump } from '../../wechatpay/jump-parameters.ts';
import { ask, type Asked } from './asked.ts';

const PAGES = ['/', '/phone', '/desk', '/desk/bill?day=2026-11-30', '/stories', '/page/style.css'];
const CHANGING = ['/desk/hold', '/desk/clock', '/desk/faults', '/phone/users', '/stories/plain'];

describe('the door of the page', () => {
  let simulator: Simulator;
  /** Not its own name, which is how a container beside it would reach it. */
  let url: string;
  const reached = (asked: Asked) => ask(url, asked);
  const post = (path: string, headers: Record<string, string> = {}, body = '') =>
    reached({ method: 'POST', path, headers, body });

  before(async () => {
    const port = await steadyPort();
    simulator = await startTestSimulator({ url: 'http://wechat.internal:9080', port });
    url = `http://127.0.0.1:${port}`;
  });
  after(async () => await simulator.stop());

  for (const path of PAGES) {
    it(`${path} allows its browser nothing but what is its own`, async () => {
      const { status, headers } = await reached({ path });
      assert.equal(status, 200);
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.ok(!policy.includes('unsafe'), policy);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    });
  }

  it('has no style and no script inline, and loads nothing from elsewhere', async () => {
    for (const path of PAGES.slice(0, 5)) {
      const { text } = await reached({ path });
      assert.doesNotMatch(
        text,
        /<style|style=|<script(?! type="module" src="\/page\/)|\son\w+=/,
        path,
      );
      assert.doesNotMatch(text, /(src|href)="(https?:)?\/\//, path);
    }
  });

  it('is here under addresses, names without a dot and its own name, and under no other', async () => {
    const own = ['wechat.internal:9080', 'wechat.internal'];
    const near = ['localhost:9080', '127.0.0.1', '[::1]:9080', '10.0.0.5:9080', 'simulator:9080'];
    for (const host of [...own, ...near]) {
      for (const path of ['/desk', '/_control/clock']) {
        assert.equal((await reached({ path, headers: { host } })).status, 200, `${host} ${path}`);
      }
    }
    for (const host of ['rebound.example:9080', '127.0.0.1.example', 'simulator.example', 'a.']) {
      for (const path of [...PAGES, '/_control/clock', '/_control/orders/D1']) {
        assert.equal((await reached({ path, headers: { host } })).status, 403, `${host} ${path}`);
      }
    }
  });

  it('does nothing that a page of another origin asks for', async () => {
    for (const path of CHANGING) {
      const foreign = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: 'http://127.0.0.1:1' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ];
      for (const headers of foreign) {
        assert.equal((await post(path, headers)).status, 403, `${path} ${JSON.stringify(headers)}`);
      }
    }
    const control = createControl(url);
    assert.deepEqual((await control.faults()).faults, []);
  });

  it('/_control keeps out pages of other origins, as before', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    const { status } = await post('/_control/notifications/hold', headers);
    assert.equal(status, 403);
  });

  it('without script a form leads back to its page, which says what came of it, once', async () => {
    const own = { origin: url, referer: `${url}/desk?lang=en`, cookie: 'simulator_lang=en' };
    const { status, headers } = await post('/desk/faults', own, 'fault=cut&call=create');
    assert.equal(status, 303);
    const path = String(headers.location);
    assert.match(path, /^\/desk\?/);
    const said = async () =>
      /id="outcome"[^>]*>\s*([^<]*?)\s*</.exec((await reached({ path, headers: own })).text)?.[1];
    assert.equal(await said(), 'cut strikes next.');
    assert.equal(await said(), '');
    await createControl(url).clearFaults();
  });

  it('leads nobody to another site, whatever page a form says to be of', async () => {
    for (const referer of [`${url}//a/.//evil.example`, `${url}//evil.example`, 'x']) {
      const { headers } = await post('/desk/hold', { referer });
      assert.match(String(headers.location), /^\/(?!\/)/);
    }
    await post('/desk/release');
  });

  it('answers a script in JSON, faults too', async () => {
    const json = { accept: 'application/json', cookie: 'simulator_lang=en' };
    const told = async (path: string, body = '') => {
      const { status, text } = await post(path, json, body);
      return [status, JSON.parse(text)];
    };
    assert.deepEqual(await told('/desk/hold'), [200, { said: 'Notifications are held back.' }]);
    assert.deepEqual(await told('/desk/release'), [200, { said: 'Notifications go out.' }]);
    const [, none] = await told('/desk/charge', 'out_order_no=none');
    assert.deepEqual(none, { said: 'WeChat Pay has no such order.', isFault: true });
  });

  it('says in the page’s language what cannot be done, and never in a program’s', async () => {
    const told = async (asked: Asked, language: string) => {
      const headers = { ...asked.headers, cookie: `simulator_lang=${language}` };
      return await reached({ method: 'POST', ...asked, headers });
    };
    const json = { accept: 'application/json' };
    const foreign = { ...json, 'sec-fetch-site': 'cross-site' };
    const cases: readonly (readonly [number, Asked])[] = [
      [404, { path: '/desk/charge', headers: json, body: 'out_order_no=none' }],
      [400, { path: '/desk/faults', headers: json, body: 'fault=none' }],
      [400, { path: '/desk/clock', headers: json, body: 'by=1e300' }],
      [400, { path: '/desk/clock', headers: json, body: 'by=x' }],
      [413, { path: '/desk/faults', headers: json, body: `fault=${'a'.repeat(30_000)}` }],
      [403, { path: '/desk/hold', headers: foreign }],
    ];
    for (const [status, asked] of cases) {
      const [zh, en] = [await told(asked, 'zh'), await told(asked, 'en')];
      assert.deepEqual([zh.status, en.status], [status, status], asked.path);
      assert.equal(JSON.parse(zh.text).isFault, true, 'its script is answered in JSON');
      assert.match(JSON.parse(zh.text).said, /\p{Script=Han}/u, asked.path);
      assert.doesNotMatch(JSON.parse(en.text).said, /[\p{Script=Han}{[]/u, asked.path);
    }
    for (const path of ['/phone/u/%ff', '/phone/u/none']) {
      const { status, text } = await reached({ path, headers: { 'accept-language': 'en' } });
      assert.ok(status === 400 || status === 404);
      assert.match(text, /lang="zh-CN"[^]*<h1>[^<]*\p{Script=Han}/u, 'the phone speaks Chinese');
    }
    assert.deepEqual((await createControl(url).faults()).faults, []);
  });

  it('sets the clock no further than it can be read', async () => {
    const control = createControl(url);
    await assert.rejects(control.setClock({ advance_seconds: 1e15 }), { status: 400 });
    await control.setClock({ now: '9998-12-31T00:00:00Z' });
    await assert.rejects(control.setClock({ advance_seconds: 366 * 86_400 }), { status: 400 });
    assert.equal((await post('/desk/clock', { accept: 'application/json' })).status, 200);
    assert.ok(Math.abs(simulator.clock.now() - Date.now()) < 1_000);
  });

  it('speaks the language that was chosen, else what the browser asks for', async () => {
    const langOf = async (headers: Record<string, string>, path = '/desk') =>
      /<html lang="([^"]+)"/.exec((await reached({ path, headers })).text)?.[1];
    assert.equal(await langOf({ 'accept-language': 'en-GB,en;q=0.9' }), 'en');
    assert.equal(await langOf({ 'accept-language': 'zh-TW,en;q=0.1' }), 'zh-CN');
    assert.equal(await langOf({ 'accept-language': 'zh-CN,en' }), 'zh-CN');
    assert.equal(await langOf({ 'accept-language': 'fr' }), 'en');
    const chosen = await reached({ path: '/desk?lang=zh', headers: { 'accept-language': 'en' } });
    const [cookie = ''] = chosen.headers['set-cookie'] ?? [];
    assert.match(cookie, /^simulator_lang=zh;.*HttpOnly.*SameSite=Strict/);
    assert.equal(await langOf({ cookie: 'simulator_lang=zh', 'accept-language': 'en' }), 'zh-CN');
    assert.equal(await langOf({ 'accept-language': 'en' }, '/phone'), 'zh-CN');
  });

  it('says how to give it the merchant’s side, and refuses what needs it', async () => {
    const english = { 'accept-language': 'en', accept: 'application/json' };
    for (const path of ['/', '/desk', '/stories']) {
      const { text } = await reached({ path, headers: { 'accept-language': 'en' } });
      assert.match(text, /SIMULATOR_MERCHANT_API/, path);
    }
    assert.match((await post('/stories/plain', english)).text, /SIMULATOR_MERCHANT_API/);
  });

  it('has no openid in what it shows and where it leads', async () => {
    const control = createControl(url);
    const openid = 'oNobodyIsToSeeThis';
    await control.placeElsewhere('D1', { openid });
    for (const path of ['/desk', '/phone']) {
      assert.ok(!(await reached({ path })).text.includes(openid), path);
    }
    const [, user] =
      /\/phone\/u\/(\w+)\/wechat\/D1/.exec((await reached({ path: '/desk' })).text) ?? [];
    const phone = await reached({ path: `/phone/u/${user}/wechat/D1` });
    assert.equal(phone.status, 200);
    assert.ok(!phone.text.includes(openid));
    assert.equal((await reached({ path: '/phone/u/none/wechat/D1' })).status, 404);
  });

  it('shows text of others as text', async () => {
    const service_introduction = '<b>x</b>';
    const control = createControl(url);
    await control.placeElsewhere('D2', { service_introduction });
    const [, user] =
      /\/phone\/u\/(\w+)\/wechat\/D2/.exec((await reached({ path: '/desk' })).text) ?? [];
    const { text } = await reached({ path: `/phone/u/${user}/wechat/D2` });
    assert.match(text, /&lt;b&gt;x&lt;\/b&gt;/);
  });

  it('shows nobody another user’s order', async () => {
    const { text } = await reached({ path: '/desk' });
    const [, user] = /\/phone\/u\/(\w+)\/wechat\/D2/.exec(text) ?? [];
    assert.equal((await reached({ path: `/phone/u/${user}/wechat/D2` })).status, 200);
    assert.equal((await reached({ path: `/phone/u/${user}/wechat/D1` })).status, 404);
    assert.equal((await reached({ path: `/phone/u/${user}/orders/D1` })).status, 404);
  });

  it('opens an order by a merchant’s link only where it is signed', async () => {
    const order = { mch_id: simulator.merchant.mchid, service_id: simulator.merchant.service_id };
    const jump = orderDetailJump(
      { ...order, out_order_no: 'D1' },
      simulator.merchant.api_v2_key,
      new Date(),
    );
    const path = `/phone/detail?${jump.h5.queryString}`;
    assert.match((await reached({ path })).text, /商户签名校验通过/);
    const other = await reached({ path: path.replace('out_order_no=D1', 'out_order_no=D2') });
    assert.equal(other.status, 403);
    assert.match(other.text, /商户签名校验失败/);
  });

  it('shows the latest 50 orders', async () => {
    const control = createControl(url);
    for (let i = 0; i < 60; i++) await control.placeElsewhere(`M${i}`);
    const { text } = await reached({ path: '/desk' });
    const shown = [...text.matchAll(/id="order-(\w+)"/g)].map(([, number]) => number);
    assert.deepEqual([shown.length, shown[0], shown.at(-1)], [50, 'M59', 'M10']);
  });

  it('takes no event that nobody has signed', async () => {
    assert.equal((await post('/merchant/events', {}, '{}')).status, 404);
  });
});
