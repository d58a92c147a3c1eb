/** An installation whose operators read Chinese: business code is answered as it asks, operators read their own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiAnswer } from '../support/api-client.ts';
import { correction, newNumber, rental, rentalEnd } from '../support/orders.ts';
import { inService, known, paying, shown } from '../support/play.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stage.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { dailyScheduleIdOf, order as orderQuery } from '../../workflows/contract.ts';
import { EN } from '../../words/en.ts';
import { ZH } from '../../words/zh.ts';

const ENGLISH = { 'accept-language': 'en-GB, en;q=0.9' };
const CHINESE = { 'accept-language': 'zh-Hans-CN, en;q=0.5' };
const HAN = /\p{Script=Han}/u;

const eventsIn = ({ body }: ApiAnswer): string[] =>
  body.timeline.map(({ event }: { event: string }) => event);

describe('an installation whose operators read Chinese', () => {
  const stage = useStack({ language: 'zh', events: [] });
  const receiver = useReceiver(stage);
  const read = (out_order_no: string, headers: Record<string, string>) =>
    stage.stack.api.call('GET', `/v1/service-orders/${out_order_no}`, undefined, headers);

  it('tells what happened to an order in the language that is asked for, and the same facts', async () => {
    const { out_order_no } = await inService(stage.stack);
    const english = await read(out_order_no, ENGLISH);
    const chinese = await read(out_order_no, CHINESE);
    const { timeline } = await stage.stack.run(out_order_no).query(orderQuery);
    assert.deepEqual(
      eventsIn(english),
      timeline.map(({ event }) => EN.happening(event)),
    );
    assert.deepEqual(
      eventsIn(chinese),
      timeline.map(({ event }) => ZH.happening(event)),
    );
    assert.deepEqual({ ...english.body, timeline: [] }, { ...chinese.body, timeline: [] });
    assert.equal(english.headers.get('content-language'), 'en');
    assert.equal(chinese.headers.get('content-language'), 'zh');
    assert.equal(english.headers.get('vary'), 'Accept-Language');
  });

  it('answers in Chinese whom nothing of ours is asked', async () => {
    const { body, headers } = await read('NONE', { 'accept-language': 'fr' });
    assert.equal(body.title, '没有此订单');
    assert.equal(body.detail, '此处没有订单 NONE。');
    assert.equal(headers.get('content-language'), 'zh');
  });

  it('names each fault of a body in the language that is asked for', async () => {
    const faulty = { ...rental({ deadlines: { creation_seconds: 1 } }), openid: 7, surprise: 1 };
    const post = (headers: Record<string, string>) =>
      stage.stack.api.call('POST', '/v1/service-orders', { ...faulty, risk_fund: {} }, headers);
    const english = await post(ENGLISH);
    const chinese = await post(CHINESE);
    const pointers = ({ body }: ApiAnswer) => body.errors.map(({ pointer }: any) => pointer);
    assert.deepEqual(pointers(english), pointers(chinese));
    assert.equal(english.body.errors.length, 4);
    for (const { detail } of english.body.errors) assert.doesNotMatch(detail, HAN);
    for (const { detail } of chinese.body.errors) assert.match(detail, HAN);
  });

  it('says in English what the order’s run refuses in the operator’s words', async () => {
    const { out_order_no } = await inService(stage.stack);
    const rule = { code: 'modified_only_while_paying', phase: 'in_service' } as const;
    const modify = (headers: Record<string, string>) =>
      known(() => stage.stack.api.modify(out_order_no, correction(100), headers));
    assert.equal((await modify(ENGLISH)).body.detail, EN.fact(rule));
    assert.equal((await modify(CHINESE)).body.detail, ZH.fact(rule));
  });

  it('says the same of a refund', async () => {
    const { out_order_no } = await paying(stage.stack, 500);
    await stage.stack.people.pay(out_order_no);
    await shown(stage.stack, out_order_no, { phase: 'paid' });
    const refund = (headers: Record<string, string>) => {
      const asked = { out_refund_no: newNumber(), amount: 600 };
      return known(() => stage.stack.api.on(out_order_no, 'refunds', asked, headers));
    };
    const rule = { code: 'refund_above_left', left: 500, total: 500 } as const;
    const english = await refund(ENGLISH);
    assert.equal(english.body.detail, `${EN.fact(rule)}. Nothing was sent.`);
    assert.equal((await refund(CHINESE)).body.detail, `${ZH.fact(rule)}。未发出任何请求。`);
  });

  it('takes the same request in another language for the same', async () => {
    const { out_order_no } = await inService(stage.stack);
    const headers = { 'idempotency-key': `end-${out_order_no}` };
    const complete = (language: Record<string, string>) =>
      known(() =>
        stage.stack.api.complete(out_order_no, rentalEnd(500), { ...headers, ...language }),
      );
    assert.equal((await complete(ENGLISH)).status, 200);
    const again = await complete(CHINESE);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.match(eventsIn(again).join(), HAN);
    const { operations } = await stage.stack.run(out_order_no).query(orderQuery);
    assert.equal(operations.length, 1);
  });

  it('tells business code of what happens by itself in Chinese', async () => {
    const { out_order_no } = await paying(stage.stack);
    await stage.stack.people.pay(out_order_no);
    const [event] = await receiver.arrived(out_order_no, 1);
    const { body } = await read(out_order_no, CHINESE);
    assert.deepEqual(event?.data.order.timeline, body.timeline);
    assert.match(body.timeline[0].event, HAN);
  });

  it('says why the daily schedule is paused, which the web UI shows in the operator’s words', async (t) => {
    const { client, temporal, services } = stage.stack;
    await prepareDailySchedule(client, services);
    const schedule = client.schedule.getHandle(dailyScheduleIdOf(temporal.mchid));
    t.after(() => schedule.delete());
    const told = async (action: string, headers: Record<string, string>) => {
      const path = `/v1/reconciliations/schedule/${action}`;
      return (await stage.stack.api.call('POST', path, undefined, headers)).body.note as string;
    };
    assert.equal(await told('pause', ENGLISH), 'paused through the API');
    assert.equal((await schedule.describe()).state.note, '已通过 API 暂停');
    assert.equal(await told('resume', CHINESE), '已通过 API 恢复');
    await schedule.pause('for a while');
    assert.equal(await told('trigger', CHINESE), 'for a while');
  });

  it('keeps no sentence of what was told', async () => {
    const { out_order_no } = await inService(stage.stack);
    const told = [
      ...eventsIn(await read(out_order_no, ENGLISH)),
      ...eventsIn(await read(out_order_no, CHINESE)),
    ];
    const kept = JSON.stringify(await stage.stack.run(out_order_no).query(orderQuery));
    // A word may be that of its code: `opened`.
    const sentences = told.filter((line) => HAN.test(line) || line.includes(' '));
    assert.notEqual(sentences.length, 0);
    for (const sentence of sentences) assert.ok(!kept.includes(sentence), sentence);
  });
});
