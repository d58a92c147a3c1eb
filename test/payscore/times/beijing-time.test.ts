/** Times of Beijing without a zone, to and from instants. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beijingTimeOf, instantOf, rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import { beijing as at } from './beijing.ts';

test('an instant is cut to seconds or days of Beijing, not rounded', () => {
  assert.equal(beijingTimeOf(at('23:59:59.999'), 14), '20261001235959');
  assert.equal(beijingTimeOf(at('23:59:59.999'), 8), '20261001');
  assert.equal(beijingTimeOf(new Date('2026-12-31T16:00:00Z'), 8), '20270101');
  assert.equal(rfc3339Of(at('00:00:00.999')), '2026-10-01T00:00:00+08:00');
});

test('a time of Beijing is an instant, a day its midnight', () => {
  assert.deepEqual(instantOf('20261001103000'), at('10:30:00'));
  assert.deepEqual(instantOf('20261001'), at('00:00:00'));
});

for (const text of [
  '',
  '120261001',
  '20261001x',
  'x20261001',
  'OnAccept',
  '2026100',
  '202610011030',
  '20261301',
  '20261001250000',
]) {
  test(`'${text}' is no instant`, () => assert.equal(instantOf(text), undefined));
}

test('a day that the calendar does not have is no instant', () => {
  assert.equal(instantOf('20260230'), undefined);
  assert.equal(instantOf('20270229103000'), undefined);
});
