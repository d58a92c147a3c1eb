/** The bodies that WeChat gets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../payscore/fold.ts';
import { newOrder } from '../../payscore/order.ts';
import { completeBodyOf, createBodyOf } from '../../payscore/request-body.ts';
import { AT, completion, observed, OPENID, opening } from './orders.ts';

const now = new Date('2026-10-01T12:30:00+08:00');
const clock = { receivedAt: now, now };
const { request } = completion;
const endOf = (body: object) => (body as { time_range: { end_time: string } }).time_range.end_time;

/** An order that was first known to run at noon, and of whose start WeChat says this. */
const startingAt = (start_time: string) =>
  fold(newOrder(opening, AT), observed('in_service', 'query', { time_range: { start_time } }), AT);

test('a creation is the opening and what configuration gives, in the confirm-free mode', () => {
  assert.deepEqual(createBodyOf(opening), {
    out_order_no: 'R1',
    openid: OPENID,
    service_introduction: '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    time_range: { start_time: 'OnAccept' },
    need_user_confirm: false,
    appid: 'wx1',
    service_id: '20020000',
    notify_url: 'https://example.com/notify',
  });
});

test('a creation is the same text every time', () => {
  const copy = JSON.parse(JSON.stringify(opening)) as typeof opening;
  assert.equal(JSON.stringify(createBodyOf(copy)), JSON.stringify(createBodyOf(opening)));
});

test('a completion is the request and what configuration gives, without the user', () => {
  const body = completeBodyOf(startingAt('20261001110000'), request, clock);
  assert.deepEqual(body, {
    ...request,
    appid: 'wx1',
    service_id: '20020000',
    time_range: { end_time: '20261001122955' },
  });
});

test('a completion keeps the times and remarks that business code names', () => {
  const time_range = {
    start_time: '20261001090000',
    end_time: '20261001100000',
    end_time_remark: '归还',
  };
  const body = completeBodyOf(startingAt('20261001110000'), { ...request, time_range }, clock);
  assert.deepEqual(body['time_range'], time_range);
});

test('a completion without an end ends after the start that business code names', () => {
  const time_range = { start_time: '20261001123000' };
  const body = completeBodyOf(startingAt('20261001110000'), { ...request, time_range }, clock);
  assert.deepEqual(body['time_range'], { ...time_range, end_time: '20261001123001' });
});

for (const [start_time, end_time] of [
  ['20261001110000', '20261001122955'],
  ['20261001122959', '20261001123000'],
  ['20261001', '20261001'],
  // WeChat may repeat what it was told; then the order was first known to run at noon
  ['OnAccept', '20261001122955'],
] as const) {
  test(`a service that WeChat says began at ${start_time} ends at ${end_time}`, () => {
    assert.equal(endOf(completeBodyOf(startingAt(start_time), request, clock)), end_time);
  });
}

test('a service whose start WeChat only repeats as OnAccept ends after we knew of it', () => {
  const noon = new Date('2026-10-01T12:00:00.500+08:00');
  const body = completeBodyOf(startingAt('OnAccept'), request, { receivedAt: noon, now: noon });
  assert.equal(endOf(body), '20261001120001');
});
