/** Whatever a merchant may be made to send: the client stays itself, the simulator answers, and nobody tells what was in it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { pino } from 'pino';
import { createControl } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { InvalidParameterError, WechatpayRefusal } from '../../wechatpay/errors.ts';
import { clientOf } from '../support/merchant.ts';
import { merchantOf, OPENID, signedBy } from '../simulator/merchant.ts';
import { EVERY_CALL, type EveryCall, type Given } from './every-call.ts';
import { holds } from './holds.ts';
import { hostileJson, hostileText, spoilt, spoiling, written } from './hostile.ts';
import { outcomeOf, shownBy } from './own-errors.ts';

const CANARY = 'oCanaryCanaryCanary';

let simulator: Simulator;
let client: WechatpayClient;
let merchant: ReturnType<typeof merchantOf>;
/** What the simulator has logged in this case. */
let logged: string[] = [];

before(async () => {
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  simulator = await startTestSimulator({ logger: pino({ level: 'trace' }, lines) });
  client = clientOf(simulator.merchant);
  merchant = merchantOf(simulator);
  await createControl(simulator.url).authorise(OPENID);
  await merchant.serve('KNOWN');
});
after(async () => {
  await client.close();
  await simulator.stop();
});
beforeEach(() => (logged = []));

/** The calls that the simulator has answered, by name. */
function answered(): string[] {
  const entries = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const { msg } of entries) assert.notEqual(msg, 'the simulator itself failed');
  return entries.filter(({ msg }) => msg === 'answered').map(({ call }) => String(call));
}

/** One call, and all that must be so whatever is in it. */
async function make({ call: name, run }: EveryCall, given: Given): Promise<void> {
  logged = [];
  const outcome = await outcomeOf(() => run(client, given));
  if ('error' in outcome) {
    const { error } = outcome;
    assert.ok(!shownBy(error).includes(CANARY), `shows what was sent: ${error.message}`);
    if (error instanceof InvalidParameterError) return assert.deepEqual(answered(), []);
    assert.ok(error instanceof WechatpayRefusal && error.proven, shownBy(error));
    assert.ok(error.status >= 400 && error.status < 500, shownBy(error));
  }
  assert.deepEqual(answered(), [name]);
  assert.ok(!logged.join('').includes(CANARY), 'the simulator logs what was sent');
}

const aCall = fc.constantFrom(...EVERY_CALL);
const withBody = EVERY_CALL.filter(({ into }) => into !== 'query');
const identity = () => merchant.identity;

const parameter = fc.oneof(
  hostileText,
  hostileText.map((text) => `${CANARY}${text}`),
  fc.constantFrom(
    'KNOWN',
    OPENID,
    'KNOWN/cancel',
    '../permissions',
    '..',
    '.',
    'KNOWN?',
    '2026-13-32',
  ),
  fc.tuple(fc.constantFrom('KNOWN', OPENID), hostileText).map((parts) => parts.join('')),
);

test('any body ends in a verified answer, or in a refusal by the client itself', async () => {
  await holds(
    160,
    fc.asyncProperty(aCall, hostileJson, parameter, async (one, body, text) => {
      const number = /^[\w-]{1,32}$/.test(text) ? text : 'KNOWN';
      await make(one, { ...identity(), body: written(body), parameter: number });
    }),
  );
});

/** Bodies that are right for some call, with a secret where text is free. */
const RIGHT: Record<string, () => object> = {
  create: () => merchant.createBody('KNOWN', { openid: CANARY, attach: CANARY }),
  complete: () => merchant.completeBody({ goods_tag: CANARY, location: { end_location: CANARY } }),
  modify: () => merchant.modifyBody(400, { reason: CANARY, device: { start_device_id: CANARY } }),
  cancel: () => merchant.changeBody({ reason: CANARY }),
  sync: () => merchant.syncBody(merchant.beijing(0)),
  pay: () => ({ ...identity() }),
  prepare: () => ({ ...identity(), authorization_code: 'C1', notify_url: `http://${CANARY}/n` }),
  terminate: () => merchant.changeBody({ reason: CANARY }),
};

test('a right body in which something is wrong ends so as well, and nobody tells what is in it', async () => {
  const secret = spoiling.map((it) => ({
    ...it,
    value: { ...it.value, json: it.place % 3 === 0 ? `${CANARY}\u{1f600}` : it.value.json },
  }));
  const calls = fc.constantFrom(...withBody.filter(({ call: name }) => name in RIGHT));
  await holds(
    160,
    fc.asyncProperty(calls, fc.array(secret, { maxLength: 3 }), async (one, spoilings) => {
      const right = RIGHT[one.call]?.() ?? {};
      const body = spoilings.reduce(spoilt, right);
      await make(one, { ...identity(), body, parameter: 'KNOWN' });
    }),
  );
});

test('an object’s names are told no more than its values', async () => {
  const names = fc.tuple(hostileText, hostileText).map((ends) => ends.join(CANARY));
  await holds(
    60,
    fc.asyncProperty(fc.constantFrom(...withBody), names, hostileJson, async (one, name, value) => {
      const body = { ...RIGHT[one.call]?.(), [name]: written(value) };
      await make(one, { ...identity(), body, parameter: 'KNOWN' });
    }),
  );
});

test('no parameter leads to another endpoint, and none is told', async () => {
  const some = fc.constantFrom(...EVERY_CALL.filter(({ into }) => into !== 'none'));
  await holds(
    200,
    fc.asyncProperty(some, parameter, parameter, fc.boolean(), async (one, text, other, known) => {
      const { appid, service_id } = known ? identity() : { appid: other, service_id: other };
      const body = RIGHT[one.call]?.() ?? {};
      await make(one, { body, parameter: text, appid, service_id });
    }),
  );
});

test('any bytes for a body are answered under WeChat Pay’s signature, and never with a failure', async () => {
  const targets = ['', '/KNOWN/cancel', '/KNOWN/modify', '/KNOWN/complete', '/KNOWN/sync'];
  const json = hostileJson.map((body) => Buffer.from(JSON.stringify(written(body)) ?? ''));
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array)),
    fc
      .tuple(json, fc.nat(), fc.uint8Array({ maxLength: 4 }))
      .map(([whole, cut, more]) =>
        Buffer.concat([whole.subarray(0, cut % (whole.length + 1)), more, Buffer.from(' ')]),
      ),
    fc
      .constantFrom('1e999', '-1e999', '{"a":1,"a":2}', '\ufeff{}', '{"total_amount":1e400}')
      .map(Buffer.from),
  );
  await holds(
    200,
    fc.asyncProperty(fc.constantFrom(...targets), bytes, async (target, body) => {
      logged = [];
      const got = await merchant.send('POST', `/v3/payscore/serviceorder${target}`, body);
      assert.ok(got.status >= 400 && got.status < 500, `${got.status} ${got.text}`);
      assert.ok(signedBy(got, simulator.merchant), 'the answer is not signed');
      assert.equal(answered().length, 1);
    }),
  );
});
