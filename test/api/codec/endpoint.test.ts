/** The codec endpoint: who is shown what Temporal stores, and what everybody else gets. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { defaultPayloadConverter } from '@temporalio/common';
import { jsonOf, payloadOf, type PayloadJson } from '../../../api/codec/payloads.ts';
import { createSessions, COOKIE, SESSION_SECONDS } from '../../../api/codec/session.ts';
import type { Scope } from '../../../config/api-keys.ts';
import { SECRET, testCodec } from '../../support/codec.ts';
import { useStack } from '../../support/stage.ts';

const UI = 'http://127.0.0.1:8233';
const ELSEWHERE = 'https://evil.example';
const MARK = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const keyOf = (name: string, ...scopes: Scope[]) => ({
  name,
  scopes,
  sha256: createHash('sha256').update(`secret-of-${name}`).digest(),
});
const by = (name: string) => ({ authorization: `Bearer secret-of-${name}` });

const plain = jsonOf(defaultPayloadConverter.toPayload({ openid: MARK }));
const encryptedBy = async (codec = testCodec()) =>
  (await codec.encode([payloadOf(plain)])).map(jsonOf);
const read = (payload: PayloadJson | undefined) =>
  defaultPayloadConverter.fromPayload(payloadOf(payload ?? {}));

describe('the codec endpoint', () => {
  const stage = useStack({
    apiKeys: [keyOf('desk', 'codec'), keyOf('shop', 'read', 'orders', 'refunds')],
    codecOrigins: [UI],
  });
  const call = (path: string, body: unknown, headers: Record<string, string>, method = 'POST') =>
    stage.stack.api.call(method, `/codec${path}`, body, headers);
  const linesSaying = (msg: RegExp) =>
    stage.stack.logs.filter((line) => msg.test(String(line['msg'])));

  it('opens for a key of its scope, and says so in the log without what it opened', async () => {
    const payloads = [...(await encryptedBy()), plain];
    const { status, body } = await call('/decode', { payloads }, by('desk'));
    assert.equal(status, 200);
    assert.deepEqual(body.payloads.map(read), [{ openid: MARK }, { openid: MARK }]);
    const [line] = linesSaying(/^codec: decode$/).slice(-1);
    assert.deepEqual([line?.['caller'], line?.['payloads'], line?.['unreadable']], ['desk', 2, 0]);
    assert.ok(!JSON.stringify(stage.stack.logs).includes(MARK));
  });

  it('encrypts what is sent from the web UI', async () => {
    const { body } = await call('/encode', { payloads: [plain] }, by('desk'));
    assert.ok(!JSON.stringify(body).includes(plain.data ?? '-'));
    const [opened] = await testCodec().decode(body.payloads.map(payloadOf));
    assert.deepEqual(defaultPayloadConverter.fromPayload(opened!), { openid: MARK });
  });

  it('gives back what no key of ours opens, beside what is readable', async () => {
    const [foreign] = await encryptedBy(testCodec({ secrets: [randomBytes(32)] }));
    const [ours] = await encryptedBy();
    const { status, body } = await call('/decode', { payloads: [foreign, ours] }, by('desk'));
    assert.equal(status, 200);
    assert.deepEqual(body.payloads[0], foreign);
    assert.deepEqual(read(body.payloads[1]), { openid: MARK });
  });

  it('refuses whoever has no key of its scope', async () => {
    const payloads = await encryptedBy();
    assert.equal((await call('/decode', { payloads }, {})).status, 401);
    assert.equal((await call('/decode', { payloads }, by('nobody'))).status, 401);
    const { status, body } = await call('/decode', { payloads }, by('shop'));
    assert.equal(status, 403);
    assert.match(body.detail, /this takes codec/);
  });

  it('answers the web UI’s page, and no other', async () => {
    const payloads = await encryptedBy();
    const asked = await call('/decode', { payloads }, { ...by('desk'), origin: UI });
    assert.equal(asked.headers.get('access-control-allow-origin'), UI);
    assert.equal(asked.headers.get('access-control-allow-credentials'), 'true');
    const preflight = await call('/decode', undefined, { origin: UI }, 'OPTIONS');
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /x-namespace/);
    for (const origin of [ELSEWHERE, 'null', `${UI}.evil.example`, UI.replace('8233', '82330')]) {
      for (const method of ['POST', 'OPTIONS']) {
        const body = method === 'POST' ? { payloads } : undefined;
        const refused = await call('/decode', body, { ...by('desk'), origin }, method);
        assert.equal(refused.status, 403, origin);
        assert.equal(refused.headers.get('access-control-allow-origin'), null);
      }
    }
  });

  it('names what is wrong with garbage, and reads no more than a page of a history', async () => {
    const status = async (body: unknown, headers = {}) =>
      (await call('/decode', body, { ...by('desk'), ...headers })).status;
    const faults = ['{', '[]', '{}', '{"payloads":1}', '{"payloads":[{"data":"ä"}]}'];
    for (const body of faults) assert.equal(await status(body), 400, body);
    assert.equal(await status({ payloads: [] }, { 'x-namespace': 'another' }), 400);
    assert.equal(await status({ payloads: [] }, { 'x-namespace': 'default' }), 200);
    assert.equal(await status(`{"payloads":[],"more":"${'a'.repeat(10_000_000)}"}`), 413);
    assert.equal(await status({ payloads: [{ data: 'A'.repeat(1_000_000) }] }), 200);
  });

  describe('after a login', () => {
    const login = (key: string) =>
      fetch(`${stage.stack.url}/codec/login`, {
        method: 'POST',
        body: new URLSearchParams({ key }),
      });

    it('opens for the browser that has shown the key, asked by the web UI’s page alone', async () => {
      const answer = await login('secret-of-desk');
      assert.equal(answer.status, 200);
      const set = answer.headers.get('set-cookie') ?? '';
      assert.match(set, /; Path=\/codec; .*HttpOnly; SameSite=Strict/);
      const cookie = set.split(';')[0] ?? '';
      assert.ok(!cookie.includes('secret'));
      const payloads = await encryptedBy();
      const statusOf = async (headers: Record<string, string>) =>
        (await call('/decode', { payloads }, headers)).status;
      assert.equal(await statusOf({ cookie: `a=b; ${cookie}`, origin: UI }), 200);
      assert.equal(await statusOf({ cookie, origin: ELSEWHERE }), 403);
      assert.equal(await statusOf({ cookie: cookie.slice(0, -1), origin: UI }), 401);
      assert.equal(await statusOf({ cookie: cookie.replace('desk', 'shop'), origin: UI }), 401);
      const later = cookie.replace(/\.\d+\./, `.${Math.floor(Date.now() / 1_000) + 99_999}.`);
      assert.equal(await statusOf({ cookie: later, origin: UI }), 401);
    });

    it('refuses a key without the scope, and shows it to nobody', async () => {
      for (const key of ['secret-of-shop', 'secret-of-nobody', '']) {
        const answer = await login(key);
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('set-cookie'), null);
        assert.match(await answer.text(), /role="alert"/);
      }
      assert.equal(linesSaying(/login was refused/).length, 3);
      assert.ok(!JSON.stringify(stage.stack.logs).includes('secret-of'));
    });

    it('has a page that takes nothing from elsewhere and cannot be framed', async () => {
      const { headers, status } = await fetch(`${stage.stack.url}/codec/login`);
      assert.equal(status, 200);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
    });

    it('has a page in the language of the browser', async () => {
      const headers = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
      const answer = await fetch(`${stage.stack.url}/codec/login`, { headers });
      assert.equal(answer.headers.get('content-language'), 'zh');
      assert.match(await answer.text(), /<html lang="zh">.*在 Temporal 的 Web UI 中显示/s);
    });
  });
});

describe('without API keys, the codec endpoint', () => {
  const stage = useStack({ codecOrigins: [UI] });

  it('opens for programs of this machine and the web UI’s page, and for no other page', async () => {
    const payloads = await encryptedBy();
    const statusOf = async (headers: Record<string, string>) =>
      (await stage.stack.api.call('POST', '/codec/decode', { payloads }, headers)).status;
    assert.equal(await statusOf({}), 200);
    assert.equal(await statusOf({ origin: UI }), 200);
    assert.equal(await statusOf({ origin: ELSEWHERE }), 403);
    assert.equal((await fetch(`${stage.stack.url}/codec/login`)).status, 404);
  });
});

describe('a session', () => {
  const desk = keyOf('desk', 'codec');
  const requestWith = (value: string) =>
    ({ get: (name: string) => (name === 'cookie' ? `${COOKIE}=${value}` : undefined) }) as never;

  it('ends after eight hours, and with its key', () => {
    let now = Date.parse('2026-11-29T12:00:00+08:00');
    let keys = [desk];
    const named = (name: string) => keys.find((key) => key.name === name);
    const sessions = createSessions(SECRET, { named }, () => now);
    const request = requestWith(sessions.begin(desk));
    assert.equal(sessions.keyOf(request), desk);
    assert.equal(createSessions(randomBytes(32), { named }, () => now).keyOf(request), undefined);
    now += SESSION_SECONDS * 1_000;
    assert.equal(sessions.keyOf(request), desk);
    now += 1_000;
    assert.equal(sessions.keyOf(request), undefined);
    now -= 2_000;
    keys = [{ ...desk, sha256: randomBytes(32) }];
    assert.equal(sessions.keyOf(request), undefined);
    keys = [];
    assert.equal(sessions.keyOf(request), undefined);
  });
});
