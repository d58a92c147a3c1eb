/** For whom an order is created, as the judge sees it: what its history says of questions, and what a rental comes to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBook } from './book.ts';
import { ago, deed, meanwhile, WAITED, withRun } from './case.ts';
import { factsOf } from './history.ts';
import { judgeRental } from './rental-rules.ts';
import { UNAUTHORISED } from './permission-stories.ts';

const payloads = (said: object) => ({
  payloads: [{ data: Buffer.from(JSON.stringify(said)) }],
});

/** Asked, looked into, and asked again. */
const looked = (told: object) =>
  factsOf(
    [
      { workflowExecutionSignaledEventAttributes: { input: payloads({ isUserBack: true }) } },
      { activityTaskScheduledEventAttributes: { activityType: { name: 'getPermission' } } },
      {
        workflowExecutionUpdateAcceptedEventAttributes: {
          acceptedRequest: { input: { args: payloads({ isUserBack: true }) } },
        },
      },
      {
        activityTaskCompletedEventAttributes: {
          scheduledEventId: 2,
          result: payloads({ authorization_state: 'AVAILABLE', ...told }),
        },
      },
    ].map((event, index) => ({
      ...event,
      eventId: index + 1,
      eventTime: { seconds: 100 + index, nanos: 0 },
    })) as unknown as Parameters<typeof factsOf>[0],
  ).questions.map(({ from, until }) => [from, until]);

test('a question is on its way until WeChat Pay has been asked after it', () => {
  assert.deepEqual(looked({}), [
    [100_000, 103_000],
    [102_000, Infinity],
  ]);
});

test('where WeChat Pay tells when the user authorised, questions excuse nothing', () => {
  assert.deepEqual(looked({ authorization_success_time: '2026-11-30T20:26:30+08:00' }), []);
});

test('two orders of one rental are one too many, unless one was for a question on its way', () => {
  const path = { story: 'comes back', steps: UNAUTHORISED['comes back'] } as never;
  const book = { ...newBook(0, path, 'C1'), numbers: ['C1', 'C1-2'] };
  const asked = withRun(WAITED, { questions: [{ from: ago(48), until: ago(35) }] });
  const orders = (code: string, seconds: number) => [
    meanwhile(asked, deed('authorised', seconds, { code })),
    { ...WAITED, out_order_no: 'C1-2' },
  ];
  const found = (code: string, seconds: number) =>
    judgeRental(book, orders(code, seconds)).map(({ rule }) => rule);
  assert.deepEqual(found('C1-2', 40), []);
  assert.deepEqual(found('C1-2', 33), ['one rental is one order']);
  assert.deepEqual(found('C1', 40), ['one rental is one order']);
});
