/** What business code is told of a day that failed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, EventBody } from '../../answers/event.ts';
import type { DayEventData } from '../../payscore/events/of-day.ts';
import { EN, type Words } from '../../words/en.ts';
import { ZH } from '../../words/zh.ts';

const told = (why: NonNullable<DayEventData['why']>, words: Words) => {
  const event = { type: 'reconciliation.failed', id: '1', sequence: 7 } as const;
  const at = '2026-10-02T10:30:00+08:00';
  const body = bodyOf({ ...event, at, data: { bill_date: '2026-10-01', why } }, words);
  assert.ok(EventBody.safeParse(body).success);
  return body.data;
};

test('why a day failed is told by its fact, in words', () => {
  const why = { type: 'DiskFull', error: 'ENOSPC' } as const;
  const day = { bill_date: '2026-10-01' };
  assert.deepEqual(told(why, EN), {
    ...day,
    why: 'the disk of the reports is full (ENOSPC): make room, then it goes on by itself',
  });
  assert.deepEqual(told(why, ZH), {
    ...day,
    why: '存放报告的磁盘已满（ENOSPC）：腾出空间后会自动继续',
  });
});

test('what is none of our facts is told as it was', () => {
  const why = 'WeChat Pay answered 401 SIGN_ERROR';
  assert.deepEqual(told(why, ZH), { bill_date: '2026-10-01', why });
});
