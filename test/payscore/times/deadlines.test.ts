/** Until when an order may wait before it exists. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUntil, createUntil, outlastsStart } from '../../../payscore/times/deadlines.ts';
import { beijing as at } from './beijing.ts';

const NOW = at('10:30:00');
const asked = (start_time: string, deadlines?: object) => ({
  time_range: { start_time },
  ...(deadlines && { deadlines }),
});
const seconds = (authorization_seconds: number) => ({ authorization_seconds });

// start_time, what the caller wants, until when the user may authorise, whether that is longer than the start allows
for (const [start_time, deadlines, until, outlasts] of [
  ['OnAccept', undefined, at('10:30:00', '2026-10-02'), false],
  ['OnAccept', seconds(60), at('10:31:00'), false],
  ['OnAccept', seconds(604_800), at('10:30:00', '2026-10-08'), false],
  ['OnAccept', { creation_seconds: 10 }, at('10:30:00', '2026-10-02'), false],
  ['20261001120000', undefined, at('11:59:00'), false],
  ['20261001120000', seconds(3_600), at('11:30:00'), false],
  ['20261001120000', seconds(5_400), at('11:59:00'), false],
  ['20261001120000', seconds(5_401), at('11:59:00'), true],
  ['20261101120000', undefined, at('10:30:00', '2026-10-02'), false],
  // a day counts until its end
  ['20261001', undefined, at('23:59:00'), false],
  ['20261001', seconds(48_600), at('23:59:00'), false],
  ['20261001', seconds(48_601), at('23:59:00'), true],
  ['20261002', undefined, at('10:30:00', '2026-10-02'), false],
] as const) {
  test(`an order from ${start_time} with ${JSON.stringify(deadlines ?? {})} waits for the user until ${until.toISOString()}`, () => {
    assert.deepEqual(authorizeUntil(asked(start_time, deadlines), NOW), until);
    assert.equal(outlastsStart(asked(start_time, deadlines), NOW), outlasts);
  });
}

// what the caller wants, whether the user had to be invited, how long WeChat has to say that the order exists
for (const [deadlines, isInvited, until] of [
  [undefined, false, at('10:31:00')],
  [undefined, true, at('10:35:00')],
  [seconds(600), false, at('10:31:00')],
  [seconds(600), true, at('10:35:00')],
  [{ creation_seconds: 10 }, false, at('10:30:10')],
  [{ creation_seconds: 10 }, true, at('10:30:10')],
  [{ creation_seconds: 600 }, false, at('10:40:00')],
  [{ creation_seconds: 600 }, true, at('10:40:00')],
] as const) {
  test(`WeChat has until ${until.toISOString()} with ${JSON.stringify(deadlines ?? {})}, ${isInvited ? 'invited' : 'authorised before'}, to say that the order exists`, () => {
    const counted = { since: NOW, isInvited };
    assert.deepEqual(createUntil(asked('OnAccept', deadlines), counted), until);
    assert.deepEqual(createUntil(asked('20261001120000', deadlines), counted), until);
  });
}
