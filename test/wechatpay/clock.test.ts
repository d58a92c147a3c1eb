/** How far our clock is from WeChat Pay's: what is noted of it, and in which words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apartWords, clockWords, secondsAhead } from '../../wechatpay/clock.ts';
import { createTransport } from '../../wechatpay/transport.ts';
import { answer, startWechat } from './wechat-server.ts';

const DATE = 'Tue, 01 Jan 2030 00:00:00 GMT';

// by how many milliseconds our clock is ahead, how many seconds that is
for (const [ms, seconds] of [
  [0, 0],
  [600_000, 600],
  [-600_000, -600],
  [1_499, 1],
  [1_500, 2],
] as const) {
  test(`a clock that is ${ms} ms ahead of an answer’s Date is ${seconds} s ahead`, () => {
    assert.equal(secondsAhead({ date: DATE }, new Date(Date.parse(DATE) + ms)), seconds);
  });
}

test('an answer without a Date, or with one that is none, says nothing of clocks', () => {
  for (const headers of [{}, { date: 'today' }, { date: [DATE] }, { date: '' }]) {
    assert.equal(secondsAhead(headers, new Date(DATE)), undefined);
  }
});

test('a clock is told of from 30 s on, on either side', () => {
  for (const ahead of [undefined, 0, 29, -29]) assert.equal(clockWords(ahead), '');
  assert.equal(clockWords(30), '; our clock is 30 s ahead of WeChat Pay’s');
  assert.equal(clockWords(-30), '; our clock is 30 s behind WeChat Pay’s');
});

test('the distance is told in whole seconds, whichever side it is on', () => {
  assert.equal(apartWords(600.4), '600 s ahead of');
  assert.equal(apartWords(-600.6), '601 s behind');
  assert.equal(apartWords(0), '0 s behind');
});

for (const status of [200, 400, 503]) {
  test(`tells how far our clock is ahead of the Date of a ${status}`, async (t) => {
    const told: number[] = [];
    const body = JSON.stringify({ code: 'INVALID_REQUEST', message: '' });
    const { options } = await startWechat(t, (res, received) => {
      answer(status, body, { date: new Date(Date.now() - 45_000).toUTCString() })(res, received);
    });
    const transport = createTransport({ ...options, onClock: (ahead) => void told.push(ahead) });
    t.after(() => transport.close());
    const sending = transport.send({ name: 'getServiceOrder', method: 'GET', target: '/v3/x' });
    await sending.catch((error: unknown) => {
      assert.match(String(error), /; our clock is 4[56] s ahead of WeChat Pay’s$/);
    });
    assert.ok(told.length === 1 && (told[0] === 45 || told[0] === 46), String(told));
  });
}

test('tells nothing of an answer without a Date', async (t) => {
  const { options } = await startWechat(t, (res, received) => {
    res.sendDate = false;
    answer(200, '{}')(res, received);
  });
  const onClock = (): never => assert.fail('there was no Date');
  const transport = createTransport({ ...options, onClock });
  t.after(() => transport.close());
  await transport.send({ name: 'getServiceOrder', method: 'GET', target: '/v3/x' });
});
