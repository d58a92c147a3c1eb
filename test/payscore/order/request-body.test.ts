/** The bodies that WeChat gets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { ASKED_OPERATIONS } from '../../../payscore/order/operation-name.ts';
import {
  bodyOf,
  createBodyOf,
  prepareBodyOf,
  type SendingClock,
} from '../../../payscore/order/request-body.ts';
import { CompleteServiceOrder } from '../../../schemas/complete-service-order.ts';
import { adoption, AT, observed, OPENID, opening, orderIn, requests } from './orders.ts';

const now = new Date('2026-10-01T12:30:00+08:00');
const clock = { receivedAt: now, now };
const request = requests.complete;
const completeBodyOf = (order: Order, asked: CompleteServiceOrder, times: SendingClock) =>
  bodyOf(order, 'complete', asked, times);
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

test('a creation does not tell WeChat how long we wait', () => {
  const deadlines = { authorization_seconds: 60, creation_seconds: 10 };
  const body = createBodyOf({ ...opening, request: { ...opening.request, deadlines } });
  assert.deepEqual(body, createBodyOf(opening));
});

test('the contract with the user has the number of the order, and no openid', () => {
  assert.deepEqual(prepareBodyOf(orderIn('creating')), {
    service_id: '20020000',
    appid: 'wx1',
    authorization_code: 'R1',
    notify_url: 'https://example.com/notify',
  });
});

for (const operation of ['modify', 'cancel'] as const) {
  test(`a request to ${operation} is sent as it is, with what configuration gives`, () => {
    const body = bodyOf(orderIn('paying'), operation, requests[operation], clock);
    assert.deepEqual(body, { ...requests[operation], appid: 'wx1', service_id: '20020000' });
  });
}

for (const [paid_time, sent] of [
  ['2026-10-01T12:30:00+08:00', '20261001123000'],
  ['2026-10-01T16:00:00Z', '20261002000000'],
  ['2026-10-01T12:30:59.999+08:00', '20261001123059'],
] as const) {
  test(`a payment elsewhere at ${paid_time} is told as ${sent}`, () => {
    assert.deepEqual(bodyOf(orderIn('paying'), 'sync', { paid_time }, clock), {
      type: 'Order_Paid',
      detail: { paid_time: sent },
      appid: 'wx1',
      service_id: '20020000',
    });
  });
}

test('an order that nobody opened here is operated as any other', () => {
  const adopted = fold(newOrder(adoption, AT), observed('paying', 'query'), AT);
  for (const operation of ASKED_OPERATIONS) {
    const bodyIn = (order: Order) => bodyOf(order, operation, requests[operation] as never, clock);
    assert.deepEqual(bodyIn(adopted), bodyIn(orderIn('paying')));
  }
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
