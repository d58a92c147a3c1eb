/** The plain life of an order, and what it costs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import { happened } from '../../support/events.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, paying } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('a paid order', () => {
  const stage = useStack();

  it('takes at most 44 history events, by these types', async () => {
    const { out_order_no } = await inService(stage.stack);
    await stage.stack.api.complete(out_order_no, rentalEnd(500));
    await stage.stack.people.pay(out_order_no);
    await stage.stack.run(out_order_no).result();

    const events = await stage.stack.historyOf(out_order_no);
    assert.deepEqual(happened(events), [
      'WORKFLOW_EXECUTION_STARTED',
      'WORKFLOW_EXECUTION_UPDATE_ACCEPTED', // opened
      'ACTIVITY_TASK_SCHEDULED', // getPermission
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'ACTIVITY_TASK_SCHEDULED', // createServiceOrder
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', // in_service
      'WORKFLOW_EXECUTION_UPDATE_COMPLETED',
      'WORKFLOW_EXECUTION_UPDATE_ACCEPTED', // complete
      'ACTIVITY_TASK_SCHEDULED', // completeServiceOrder
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', // paying
      'WORKFLOW_EXECUTION_UPDATE_COMPLETED',
      'TIMER_STARTED', // before the first look, left behind
      'WORKFLOW_EXECUTION_SIGNALED', // orderPaid
      'ACTIVITY_TASK_SCHEDULED', // openPaidNotification
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', // paid
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
    assert.ok(events.length <= 44, `${events.length} events`);
  });

  it('can be found by phase, service, amount and transaction', async () => {
    const { out_order_no } = await paying(stage.stack);
    await stage.stack.people.pay(out_order_no);
    const result = await stage.stack.run(out_order_no).result();
    const { typedSearchAttributes: shown } = await stage.stack.run(out_order_no).describe();
    assert.equal(shown.get(SEARCH_ATTRIBUTES.phase), 'paid');
    assert.equal(shown.get(SEARCH_ATTRIBUTES.serviceId), stage.stack.merchant.service_id);
    assert.equal(shown.get(SEARCH_ATTRIBUTES.paidAmount), 500);
    const [detail] = result.collection?.details ?? [];
    assert.equal(shown.get(SEARCH_ATTRIBUTES.transactionId), detail?.transaction_id);
    const paidAt = shown.get(SEARCH_ATTRIBUTES.paidAt);
    assert.ok(Math.abs((paidAt?.getTime() ?? 0) - Date.now()) < 20_000, 'Beijing time was read');
  });

  it('waits by itself until WeChat can take the end_time of a very short service', async () => {
    const order = rental();
    await stage.stack.people.authorise(order.openid);
    await stage.stack.api.open(order);
    const { status, body } = await stage.stack.api.complete(order.out_order_no, rentalEnd(100));
    assert.equal(status, 200, JSON.stringify(body));
  });

  it('sends exactly the body of the opening to WeChat, with what configuration adds', async () => {
    const order = rental({
      attach: 'a%3D1',
      location: { start_location: '南门' },
      post_payments: [{ name: '租借费', description: '每小时 2 元' }],
    });
    await stage.stack.people.authorise(order.openid);
    await stage.stack.api.open(order);
    const scheduled = (await stage.stack.historyOf(order.out_order_no)).find(
      (event) =>
        event.activityTaskScheduledEventAttributes?.activityType?.name === 'createServiceOrder',
    );
    const [payload] = scheduled?.activityTaskScheduledEventAttributes?.input?.payloads ?? [];
    const { appid, service_id } = stage.stack.merchant;
    assert.deepEqual(JSON.parse(Buffer.from(payload?.data ?? []).toString()), {
      ...order,
      appid,
      service_id,
      notify_url: stage.stack.services[0].notify_url,
      need_user_confirm: false,
      time_range: { start_time: 'OnAccept' },
    });
  });
});
