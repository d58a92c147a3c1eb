/** Times as WeChat Pay writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beijing14, beijing8, readBeijing, rfc3339 } from '../../simulator/beijing-time.ts';

const MS = Date.parse('2026-12-31T16:00:01Z');

test('writes Beijing’s local time, which is the next day already', () => {
  assert.equal(beijing14(MS), '20270101000001');
  assert.equal(beijing8(MS), '20270101');
  assert.equal(rfc3339(MS), '2027-01-01T00:00:01+08:00');
});

test('reads what it writes, and a day as its first moment', () => {
  assert.deepEqual(readBeijing('20270101000001'), { precision: 'second', ms: MS });
  assert.deepEqual(readBeijing('20270101'), { precision: 'day', ms: MS - 1000 });
});

for (const text of [
  '',
  '2027010',
  '202701010000',
  '20270230',
  '20271301',
  '20270101240000',
  'OnAccept',
]) {
  test(`does not read '${text}'`, () => {
    assert.equal(readBeijing(text), undefined);
  });
}
