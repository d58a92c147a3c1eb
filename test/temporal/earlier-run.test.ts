/** What an ended run had promised, owed and not read: a Temporal of a few lines tells of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { newOrder, type Order } from '../../payscore/order/order.ts';
import type { Opening } from '../../payscore/order/opening.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import { viewOf } from '../../payscore/order/view.ts';
import type { Temporal } from '../../temporal/client.ts';
import {
  earlierRunOf,
  openingToTakeUp,
  pictureOf,
  RunSupersededError,
} from '../../temporal/earlier-run.ts';
import { runEvents } from '../../temporal/run-events.ts';
import {
  OPERATIONS,
  orderPaid,
  taskQueueOf,
  workflowIdOf,
  type Carried,
} from '../../workflows/contract.ts';
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
  TOO_LATE,
  TOTAL,
} from '../payscore/order/orders.ts';
import { inWords } from '../support/words.ts';

const { EventType } = proto.temporal.api.enums.v1;
type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

const payloadsOf = (...values: unknown[]) => ({
  payloads: values.map((value) => defaultPayloadConverter.toPayload(value)),
});

const startedWith = (begins: Opening, ...carried: Carried[]): HistoryEvent => ({
  eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  workflowExecutionStartedEventAttributes: { input: payloadsOf(begins, ...carried) },
});
const worked: HistoryEvent = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED };
const scheduled: HistoryEvent = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED };
const signalled = (signalName: string, sent: unknown): HistoryEvent => ({
  eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  workflowExecutionSignaledEventAttributes: { signalName, input: payloadsOf(sent) },
});
/** Handed over once more after a reset. */
const admitted = (name: string, sent: unknown): HistoryEvent => ({
  eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED,
  workflowExecutionUpdateAdmittedEventAttributes: {
    request: { input: { name, args: payloadsOf(sent) } },
  },
});
const cameAt = (seconds: number, event: HistoryEvent): HistoryEvent => ({
  ...event,
  eventTime: { seconds: later(seconds).getTime() / 1_000 } as never,
});
const receivedAt = later(5).toISOString();
const messageOf = (operation: AskedOperation, change: object = {}) => ({
  ...{ body: requests[operation], key: `k-${operation}`, digest: 'd', receivedAt },
  ...change,
});
const told = (operation: AskedOperation, change?: object) =>
  signalled(OPERATIONS[operation].signal.name, messageOf(operation, change));
const toldAgain = (operation: AskedOperation, change?: object) =>
  admitted(OPERATIONS[operation].update.name, messageOf(operation, change));
const byHand = { key: undefined, receivedAt: undefined, digest: undefined };
const notification = { headers: { 'wechatpay-nonce': 'n' }, body: 'e30=' };
const paid = signalled(orderPaid.name, notification);
const another = { ...notification, body: 'eyJhIjoxfQ==' };
const paidAgain = signalled(orderPaid.name, another);

const RUN = 'run';

interface Told {
  /** Whoever asks for more than one page gets them one by one. */
  readonly pageSize?: number;
  readonly latestRun?: string;
}

function temporalWith(
  events: readonly HistoryEvent[],
  order?: Order,
  { pageSize = 2, latestRun = RUN }: Told = {},
) {
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
    workflow: {
      getHandle: (workflowId: string, runId?: string) => ({
        result: answer('result'),
        query: answer('query'),
        async describe() {
          assert.deepEqual(
            [workflowId, runId],
            [WORKFLOW, undefined],
            'the latest run is asked for',
          );
          ways.push('describe');
          return { runId: latestRun };
        },
      }),
    },
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
  const temporal: unknown = { client, mchid: service.mchid, taskQueue: taskQueueOf(service.mchid) };
  return { temporal: temporal as Temporal, ways };
}

const openedAt = '2026-10-01T11:00:00+08:00';
const WORKFLOW = workflowIdOf(opening.service.mchid, 'R1');

function ended(name: 'COMPLETED' | 'TERMINATED'): WorkflowExecutionDescription {
  const run: unknown = {
    workflowId: WORKFLOW,
    runId: RUN,
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
  assert.deepEqual(ways, ['result', 'describe']);
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
  const given = after(orderIn('creating'), { kind: 'given_up', why: TOO_LATE });
  const events = [startedWith(opening), worked];
  const earlier = await earlierRunOf(temporalWith(events, given).temporal, ended('TERMINATED'));
  assert.deepEqual(earlier.givingUp, TOO_LATE);
  const rejected = await earlierRunOf(
    temporalWith([], orderIn('rejected')).temporal,
    ended('COMPLETED'),
  );
  assert.match(inWords(rejected.explanation), /综合评估不通过/);
});

test('a run that was ended from outside tells what it knew by a query, and what it had not seen by its history', async () => {
  const order = after(orderLowered(), asked('sync'));
  const events = [
    ...[startedWith(opening), scheduled, worked, told('complete'), paid, scheduled, worked],
    ...[told('cancel'), paid, told('modify', { key: 'k-later' }), scheduled],
  ];
  const { temporal, ways } = temporalWith(events, order);
  const earlier = await earlierRunOf(temporal, ended('TERMINATED'));
  assert.equal(ways.filter((way) => way === 'query').length, 1);
  assert.equal(ways.at(-1), 'describe');
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
  assert.deepEqual([...new Set(ways)], ['history', 'describe']);
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
  const { temporal } = temporalWith([startedWith(begins), told('modify'), paid, paidAgain]);
  const earlier = await earlierRunOf(temporal, ended('TERMINATED'));
  const { phase, isBrokenOff, notifications } = earlier;
  assert.deepEqual([phase, isBrokenOff, earlier.endedAt], ['paying', true, takesUp.endedAt]);
  assert.deepEqual(notifications, [notification, another], 'the same one counts once');
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

test('two requests that people sent by hand are two, and are known by when they came', async () => {
  const events = [
    ...[startedWith(opening), cameAt(7, told('cancel', byHand)), cameAt(8, told('sync', byHand))],
    ...[cameAt(9, toldAgain('modify', byHand)), scheduled],
  ];
  const { operations } = await earlierRunOf(temporalWith(events).temporal, ended('TERMINATED'));
  assert.deepEqual(
    operations.map((it) => [it.operation, it.key, it.receivedAt, it.digest]),
    (['cancel', 'sync', 'modify'] as const).map((operation, nth) => {
      const time = later(7 + nth).toISOString();
      return [operation, `by-hand-${operation}-${time}`, time, ''];
    }),
  );
});

test('what Temporal was to hand over once more after a reset is left behind too', async () => {
  const events = [
    ...[startedWith(opening), worked, toldAgain('cancel'), told('cancel'), toldAgain('modify')],
    ...[toldAgain('sync', { body: {} }), admitted('refresh', {}), admitted('opened', {})],
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED },
    scheduled,
  ];
  const { temporal } = temporalWith(events, orderIn('paying'));
  const { operations } = await earlierRunOf(temporal, ended('TERMINATED'));
  assert.deepEqual(
    operations.map(({ key, state, receivedAt: time, total }) => [key, state, time, total]),
    [
      ['k-complete', 'done', AT.toISOString(), TOTAL],
      ['k-cancel', 'left_behind', receivedAt, undefined],
      ['k-modify', 'left_behind', receivedAt, LOWER],
    ],
  );
});

test('what a worker had taken up after a reset is not left behind', async () => {
  const events = [startedWith(opening), toldAgain('cancel'), worked, scheduled];
  const { left } = await runEvents(temporalWith(events).temporal, ended('TERMINATED'));
  assert.deepEqual(left, []);
});

for (const phase of ['in_service', 'paying'] as const) {
  test(`a run that no worker ever saw, and that went on with an order that was ${phase}, is that order broken off`, async () => {
    const order = after(orderIn(phase), asked('sync'), { kind: 'notified', signed: notification });
    const carried = { order: plain(order), isAsked: true, isReset: false };
    const events = [startedWith(opening, carried), scheduled, told('cancel'), paid, paidAgain];
    const { temporal, ways } = temporalWith(events);
    const run = ended('TERMINATED');
    assert.deepEqual((await runEvents(temporal, run)).carried, carried);
    const earlier = await earlierRunOf(temporal, run);
    assert.deepEqual([...new Set(ways)], ['history', 'describe'], 'no worker is asked');
    const { isBrokenOff, serviceOrder, notifications, operations } = earlier;
    assert.deepEqual([earlier.phase, isBrokenOff], [phase, true]);
    assert.deepEqual([earlier.openedAt, earlier.endedAt], [openedAt, endedAt]);
    assert.deepEqual(serviceOrder, plain(order.serviceOrder));
    assert.equal(earlier.completedAt, order.completedAt);
    assert.deepEqual(notifications, [notification, another]);
    assert.deepEqual(
      operations.map(({ key, state }) => [key, state]),
      [
        ...(phase === 'paying' ? [['k-complete', 'done']] : []),
        ['k-sync', 'waiting'],
        ['k-cancel', 'left_behind'],
      ],
    );
    const next = newOrder({ ...opening, takesUp: earlier }, later(200));
    assert.ok(next.mayArriveUntil !== undefined, 'what it had sent may still arrive');
  });
}

test('a run that a worker saw is told by what it says, not by what it was begun with', async () => {
  const carried = { order: plain(orderIn('in_service')), isAsked: false, isReset: false };
  const events = [startedWith(opening, carried), worked];
  const { temporal } = temporalWith(events, orderIn('paying'));
  assert.equal((await earlierRunOf(temporal, ended('TERMINATED'))).phase, 'paying');
});

for (const status of ['COMPLETED', 'TERMINATED'] as const) {
  test(`notifications that a ${status} run had not read are handed on, each of them once`, async () => {
    const order = after(orderIn('paying'), { kind: 'notified', signed: notification });
    const events = [startedWith(opening), worked, paid, paidAgain];
    const earlier = await earlierRunOf(temporalWith(events, order).temporal, ended(status));
    const isEnded = status === 'COMPLETED';
    assert.deepEqual(earlier.notifications, isEnded ? [notification] : [notification, another]);
    assert.deepEqual(
      newOrder({ ...opening, takesUp: earlier }, later(200)).unread,
      earlier.notifications,
    );
    assert.equal('unread_notifications' in (earlier.serviceOrder ?? {}), false);
  });

  test(`that a number is taken, and how WeChat refused, is known after a ${status} run`, async () => {
    const why = 'It differs in risk_fund.amount.';
    const taken = { kind: 'not_created', why, refusal: refused.refusal, isNumberTaken: true };
    const order = after(orderIn('creating'), taken as OrderEvent);
    const events = [startedWith(opening), worked];
    const earlier = await earlierRunOf(temporalWith(events, order).temporal, ended(status));
    const { isNumberTaken, lastRefusal, explanation } = earlier;
    const refusal = { ...refused.refusal, operation: 'create' };
    assert.deepEqual([isNumberTaken, lastRefusal, explanation], [true, refusal, why]);
    const calm = temporalWith(events, orderIn('in_service'));
    const other = await earlierRunOf(calm.temporal, ended(status));
    assert.deepEqual([other.isNumberTaken, other.lastRefusal], [undefined, undefined]);
  });

  test(`a ${status} run that was superseded while it was read is not gone on from, but can be looked at`, async () => {
    const events = [startedWith(opening), worked];
    const latestRun = 'another run';
    const { temporal, ways } = temporalWith(events, orderIn('in_service'), { latestRun });
    const run = ended(status);
    await assert.rejects(earlierRunOf(temporal, run), RunSupersededError);
    assert.equal(ways.at(-1), 'describe', 'it is described once more at the end');
    await assert.rejects(openingToTakeUp(temporal, run), RunSupersededError);
    assert.equal((await pictureOf(temporal, run)).phase, 'in_service');
  });
}

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
    const { temporal } = temporalWith(events, undefined, { pageSize });
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
