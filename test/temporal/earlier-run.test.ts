/** What an ended run had promised, owed and not read: a Temporal of a few lines tells of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { newOrder, type Opening, type Order } from '../../payscore/order.ts';
import type { AskedOperation } from '../../payscore/operation.ts';
import { viewOf } from '../../payscore/view.ts';
import type { Temporal } from '../../temporal/client.ts';
import { earlierRunOf, openingToTakeUp } from '../../temporal/earlier-run.ts';
import { runEvents } from '../../temporal/run-events.ts';
import { OPERATIONS, orderPaid, taskQueueOf, workflowIdOf } from '../../workflows/contract.ts';
import {
  after,
  asked,
  AT,
  brokenOff,
  concluded,
  later,
  LOWER,
  notAllowed,
  observed,
  opening,
  orderIn,
  orderLowered,
  plain,
  refused,
  requests,
  TOTAL,
} from '../payscore/orders.ts';

const { EventType } = proto.temporal.api.enums.v1;
type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

const payloadsOf = (value: unknown) => ({ payloads: [defaultPayloadConverter.toPayload(value)] });

const startedWith = (begins: Opening): HistoryEvent => ({
  eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  workflowExecutionStartedEventAttributes: { input: payloadsOf(begins) },
});
const worked: HistoryEvent = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED };
const scheduled: HistoryEvent = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED };
const signalled = (signalName: string, sent: unknown): HistoryEvent => ({
  eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  workflowExecutionSignaledEventAttributes: { signalName, input: payloadsOf(sent) },
});
const receivedAt = later(5).toISOString();
const told = (operation: AskedOperation, change: object = {}) =>
  signalled(OPERATIONS[operation].signal.name, {
    ...{ body: requests[operation], key: `k-${operation}`, digest: 'd', receivedAt },
    ...change,
  });
const notification = { headers: { 'wechatpay-nonce': 'n' }, body: 'e30=' };
const paid = signalled(orderPaid.name, notification);

/** Whoever asks for more than one page gets them one by one. */
function temporalWith(events: readonly HistoryEvent[], order?: Order, pageSize = 2) {
  const ways: string[] = [];
  const answer = (way: string) => async () => {
    ways.push(way);
    return plain(viewOf(order ?? assert.fail('no worker answers')));
  };
  const client = {
    options: {
      namespace: 'default',
      loadedDataConverter: { payloadConverter: defaultPayloadConverter, payloadCodecs: [] },
    },
    workflow: { getHandle: () => ({ result: answer('result'), query: answer('query') }) },
    workflowService: {
      async getWorkflowExecutionHistory({ nextPageToken }: { nextPageToken?: Uint8Array }) {
        ways.push('history');
        const from = nextPageToken ? Number(Buffer.from(nextPageToken).toString()) : 0;
        const next = from + pageSize;
        return {
          history: { events: events.slice(from, next) },
          nextPageToken: next < events.length ? Buffer.from(String(next)) : Buffer.alloc(0),
        };
      },
    },
  };
  const { service } = opening;
  const temporal: unknown = { client, service, taskQueue: taskQueueOf(service.mchid) };
  return { temporal: temporal as Temporal, ways };
}

const openedAt = '2026-10-01T11:00:00+08:00';

function ended(name: 'COMPLETED' | 'TERMINATED'): WorkflowExecutionDescription {
  const run: unknown = {
    workflowId: workflowIdOf(opening.service.mchid, 'R1'),
    runId: 'run',
    status: { code: 0, name },
    closeTime: later(100),
    startTime: AT,
    memo: { digest: 'digest', openedAt },
  };
  return run as WorkflowExecutionDescription;
}
const endedAt = later(100).toISOString();

test('a run that came to its end tells everything by itself, without a worker or its history', async () => {
  const order = orderIn('cancelled');
  const { temporal, ways } = temporalWith([], order);
  const earlier = await earlierRunOf(temporal, ended('COMPLETED'));
  assert.deepEqual(ways, ['result']);
  const { phase, isBrokenOff, notifications, operations } = earlier;
  assert.deepEqual([phase, isBrokenOff, notifications], ['cancelled', false, []]);
  assert.deepEqual([earlier.openedAt, earlier.endedAt], [openedAt, endedAt]);
  assert.deepEqual(plain(operations), plain(order.operations.slice(1)));
  assert.deepEqual(plain(earlier.serviceOrder), plain(order.serviceOrder));
});

test('all that was owed and decided is known to the next run', async () => {
  const crossed = after(orderIn('paying'), asked('cancel'), observed('paid', 'query'));
  const owed = await earlierRunOf(temporalWith([], crossed).temporal, ended('COMPLETED'));
  assert.deepEqual(owed.refundDue, crossed.refundDue);
  assert.equal(owed.completedAt, crossed.completedAt);
  const given = after(orderIn('creating'), { kind: 'given_up', why: 'too late' });
  const events = [startedWith(opening), worked];
  const earlier = await earlierRunOf(temporalWith(events, given).temporal, ended('TERMINATED'));
  assert.equal(earlier.givingUp, 'too late');
  const rejected = await earlierRunOf(
    temporalWith([], orderIn('rejected')).temporal,
    ended('COMPLETED'),
  );
  assert.match(rejected.explanation ?? '', /综合评估不通过/);
});

test('a run that was ended from outside tells what it knew by a query, and what it had not heard by its history', async () => {
  const order = after(orderLowered(), asked('sync'));
  const events = [
    ...[startedWith(opening), scheduled, worked, told('complete'), paid, scheduled, worked],
    ...[told('cancel'), paid, told('modify', { key: 'k-later' }), scheduled],
  ];
  const { temporal, ways } = temporalWith(events, order);
  const earlier = await earlierRunOf(temporal, ended('TERMINATED'));
  assert.equal(ways.filter((way) => way === 'query').length, 1);
  assert.deepEqual(
    [earlier.phase, earlier.isBrokenOff, earlier.endedAt],
    ['paying', true, endedAt],
  );
  assert.deepEqual(earlier.notifications, [notification]);
  assert.deepEqual(
    earlier.operations.map(({ key, state, total }) => [key, state, total]),
    [
      ['k-complete', 'done', TOTAL],
      ['k-modify', 'done', LOWER],
      ['k-sync', 'waiting', undefined],
      ['k-cancel', 'left_behind', undefined],
      ['k-later', 'left_behind', LOWER],
    ],
  );
  const next = newOrder({ ...opening, takesUp: earlier }, later(200));
  assert.deepEqual(
    next.operations.slice(3).map(({ state }) => state),
    ['left_behind', 'left_behind', 'left_behind'],
  );
});

test('a run that no worker answers for is not forgotten: there is no new one without it', async () => {
  const { temporal } = temporalWith([startedWith(opening), worked]);
  await assert.rejects(earlierRunOf(temporal, ended('TERMINATED')), /no worker answers/);
  await assert.rejects(openingToTakeUp(temporal, ended('TERMINATED')), /no worker answers/);
});

test('a run that no worker ever saw has sent nothing, and is told by its history alone', async () => {
  const events = [startedWith(opening), scheduled, told('cancel'), paid];
  const { temporal, ways } = temporalWith(events);
  const earlier = await earlierRunOf(temporal, ended('TERMINATED'));
  assert.ok(ways.every((way) => way === 'history'));
  assert.deepEqual([earlier.phase, earlier.isBrokenOff], ['creating', false]);
  assert.deepEqual(earlier.notifications, [notification]);
  assert.deepEqual(
    earlier.operations.map(({ key, state, receivedAt: at }) => [key, state, at]),
    [['k-cancel', 'left_behind', receivedAt]],
  );
});

test('what a run had taken over that no worker ever saw is handed on as it was', async () => {
  const takesUp = brokenOff('paying', { notifications: [notification] }).takesUp!;
  const begins = { ...opening, takesUp };
  const { temporal } = temporalWith([startedWith(begins), told('modify'), paid]);
  const earlier = await earlierRunOf(temporal, ended('TERMINATED'));
  const { phase, isBrokenOff, endedAt: at, notifications } = earlier;
  assert.deepEqual([phase, isBrokenOff, at], ['paying', true, takesUp.endedAt]);
  assert.deepEqual(notifications, [notification, notification]);
  assert.deepEqual(
    earlier.operations.map(({ key }) => key),
    ['k-modify'],
  );
});

test('what was asked for twice under one key is left behind once', async () => {
  const events = [startedWith(opening), told('cancel'), told('cancel'), scheduled];
  const { operations } = await earlierRunOf(temporalWith(events).temporal, ended('TERMINATED'));
  assert.deepEqual(
    operations.map(({ key }) => key),
    ['k-cancel'],
  );
});

for (const outcome of [refused, notAllowed]) {
  test(`what is asked for once more after it was ${outcome.kind} is not promised by that`, async () => {
    const order = after(orderIn('paying'), asked('cancel'), concluded('k-cancel', outcome));
    const events = [startedWith(opening), worked, told('cancel', { digest: 'digest of cancel' })];
    const earlier = await earlierRunOf(temporalWith(events, order).temporal, ended('TERMINATED'));
    const known = earlier.operations.filter(({ key }) => key === 'k-cancel');
    assert.deepEqual(
      known.map(({ state }) => state),
      [outcome.kind],
    );
  });
}

test('two requests that people sent by hand are two', async () => {
  const byHand = { key: undefined, receivedAt: undefined, digest: undefined };
  const events = [startedWith(opening), told('cancel', byHand), told('sync', byHand), scheduled];
  const { left } = await runEvents(temporalWith(events).temporal, ended('TERMINATED'));
  assert.deepEqual(
    left.map(({ operation }) => operation),
    ['cancel', 'sync'],
  );
  assert.equal(new Set(left.map(({ key }) => key)).size, 2);
});

test('what nobody can read is no promise', async () => {
  const events = [
    ...[startedWith(opening), told('cancel', { body: {} }), told('modify', { key: 'own/first' })],
    ...[signalled(OPERATIONS.sync.signal.name, null), signalled('unheardOf', { body: {} })],
    ...[signalled(orderPaid.name, 'paid'), signalled(orderPaid.name, { headers: {} })],
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED },
  ];
  const { left, notifications } = await runEvents(
    temporalWith(events).temporal,
    ended('TERMINATED'),
  );
  assert.deepEqual([left, notifications], [[], []]);
});

for (const pageSize of [1, 3, 100]) {
  test(`a history is read to its end, ${pageSize} events at a time`, async () => {
    const events = [startedWith(opening), worked, told('cancel'), worked, told('sync'), scheduled];
    const { temporal } = temporalWith(events, undefined, pageSize);
    const { opening: begun, isSeen, left } = await runEvents(temporal, ended('TERMINATED'));
    assert.deepEqual([begun, isSeen], [plain(opening), true]);
    assert.deepEqual(
      left.map(({ key }) => key),
      ['k-sync'],
    );
  });
}

test('an order is taken up as it was opened, and not created by that', async () => {
  const begins = { ...opening, mayExist: true } as const;
  const events = [startedWith(begins), worked];
  const { temporal } = temporalWith(events, orderIn('in_service'));
  const next = await openingToTakeUp(temporal, ended('TERMINATED'));
  const { takesUp, ...rest } = next;
  assert.deepEqual(rest, { ...plain(opening), takesUpOnly: true });
  assert.deepEqual([takesUp?.phase, takesUp?.isBrokenOff], ['in_service', true]);
});
