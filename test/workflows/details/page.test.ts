/** The whole page of an order, and every sentence of it that the rules choose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../payscore/order/fact.ts';
import { EXAMPLES } from '../../../payscore/order/message-shape.ts';
import type { Order } from '../../../payscore/order/order.ts';
import type { RefundDue } from '../../../payscore/order/refund-due.ts';
import { PHASES } from '../../../payscore/rules/phase.ts';
import { TROUBLES, type Trouble } from '../../../payscore/rules/trouble.ts';
import { buttonsOf } from '../../../workflows/details/buttons.ts';
import { plain, term } from '../../../workflows/details/markdown.ts';
import { detailsOf } from '../../../workflows/details/order.ts';
import { EN } from '../../../words/en.ts';
import { waitsOf } from '../../../workflows/details/pending.ts';
import { phaseWordsOf } from '../../../workflows/details/phase.ts';
import { troubleWordsOf } from '../../../workflows/details/trouble.ts';
import {
  after,
  asked,
  AT,
  later,
  newton,
  observed,
  orderIn,
  orderWith,
  paidBy,
  record,
  refusal,
  said,
  started,
} from '../../payscore/order/orders.ts';

const why = failure('Nobody answers.');

test('the page of a paid order to whose user money is owed', () => {
  const order = after(
    orderIn('paying'),
    ...([asked('cancel'), started('cancel'), observed('paid', 'query')] as const),
  );
  assert.equal(
    detailsOf({ ...order, timeline: order.timeline.slice(-2) }, EN),
    `充电宝租借 · R1

### paid · refund_due

WeChat Pay has charged the user.

**refund_due:** WeChat Pay charged the user although its cancellation had been asked for: 8.00 yuan must go back.\\
**What to do now:** Pay back **8.00 yuan** by \`POST …/refund-due\`, or in the merchant platform (申请退款), by transaction_id \`4200000001202610010000000001\`. Paid back otherwise, say so by the update \`settle\`: \`{"reason":"…"}\`. Until then this run stays open.

**WeChat Pay says** \`DONE / USER_PAID\`, total_amount 8.00 yuan, charged 8.00 yuan, paid 2026-10-01T12:05:00+08:00, transaction_id \`4200000001202610010000000001\`, order_id \`1000000000202610010000000000001\`

**What to do otherwise:** Nothing. Money goes back to the user by \`POST …/refunds\`, or by a refund in the merchant platform, by \`transaction_id\`.

**Do not press**

- _Reset_ repeats our record from an earlier moment; what WeChat Pay has done stays done. It mends nothing.
- _Start Workflow Like This One_ makes a second record of the same order.

**What happened, latest first**

- 2026-10-01T12:00:00+08:00 query: DONE / USER\\_PAID
- 2026-10-01T12:00:00+08:00 cancel asked for`,
  );
});

test('the page of an order that is charged while requests wait', () => {
  const lastRefusal = { ...refusal, operation: 'query', request_id: '' } as const;
  const order = { ...orderWith('paying', 'modify', 'cancel'), lastRefusal, timeline: [] };
  const [beforeButtons] = detailsOf(order, EN).split('\n\n**Do not press**');
  assert.equal(
    beforeButtons,
    `充电宝租借 · R1

### paying

The service has ended and WeChat Pay is charging the user. It tries without end, for weeks if it must.

**WeChat Pay says** \`DOING / MCH_COMPLETE / USER_PAYING\`, total_amount 8.00 yuan, order_id \`1000000000202610010000000000001\`

**WeChat Pay last refused** our call: 400 \`INVALID_REQUEST\` “综合评估不通过”\\
Why: WeChat’s assessment of this user, now. It says no more, neither to you nor to the user: not why, and no score.\\
What helps: Offer another way to pay, such as a deposit. Do not tell the user of a risk. A later attempt under a new out\\_order\\_no may pass.

**What it waits for**

- \`modify\`, asked for 2026-10-01T12:00:00+08:00: under way since 2026-10-01T12:00:00+08:00.
- \`cancel\`, asked for 2026-10-01T12:00:00+08:00: waits for its turn.
- The payment: by WeChat Pay’s callback, or when the pending timer or activity has WeChat asked; it says when.

**What to do now:** Nothing: \`modify\` is under way, and whatever is asked for now waits for its turn.

Updates are sent by _More Actions → Send an Update_.`,
  );
});

test('the page of an order that WeChat has told nothing of is as short as that', () => {
  const { serviceOrder: _, ...order } = { ...orderIn('cancelled'), timeline: [] };
  assert.doesNotMatch(detailsOf(order, EN), /WeChat Pay says|last refused|waits for|What happened/);
  // Its name, where it stands, in words, what to do, and what not to press.
  assert.equal(detailsOf(order, EN).split('\n\n').length, 6);
  const bare = { ...orderIn('paid'), serviceOrder: said('cancelled', { order_id: undefined }) };
  assert.match(detailsOf(bare, EN), /\*\*WeChat Pay says\*\* `REVOKED`\n/);
});

test('every phase is told in sentences of its own, with what to do', () => {
  const words = PHASES.map((phase) => phaseWordsOf({ ...orderIn('paid'), phase }, EN));
  for (const { stands, toDo } of words) {
    assert.match(stands, /^[A-Z].{20,}\.$/);
    assert.match(toDo, /^\S.{20,}/);
  }
  assert.equal(new Set(words.map(({ stands }) => stands)).size, PHASES.length);
});

test('who may act on an order by hand is given the whole message', () => {
  const { toDo } = phaseWordsOf(orderIn('paying'), EN);
  for (const name of ['modify', 'cancel', 'sync'] as const) {
    assert.ok(
      toDo
        .split('\n')
        .some(
          (line) =>
            line.endsWith(`\`${EXAMPLES[name]}\``) || line.endsWith(`\`${EXAMPLES[name]}\` (fen)`),
        ),
      name,
    );
  }
  const serving = phaseWordsOf(orderIn('in_service'), EN).toDo;
  assert.ok(serving.includes(`\`complete\`: \`${EXAMPLES.complete}\` (fen)`));
  assert.ok(serving.includes(`\`cancel\`: \`${EXAMPLES.cancel}\``));
});

test('an order that has ended, or was never opened, stands as was explained', () => {
  const explained = (order: Order) => phaseWordsOf({ ...order, explanation: why }, EN).stands;
  assert.equal(explained(orderIn('cancelled')), 'Nobody answers.');
  const never = { ...orderIn('creating'), wasNeverOpened: true };
  assert.equal(explained(never), 'Nobody answers.');
  assert.match(
    phaseWordsOf({ ...never, explanation: why }, EN).toDo,
    /open it again: the same request/,
  );
  assert.match(phaseWordsOf(never, EN).stands, /^Whether WeChat Pay has the order/);
});

test('an order with a request under way stands where it stood, and is not taken up', () => {
  const pending = phaseWordsOf(orderWith('in_service', 'complete'), EN);
  assert.match(pending.stands, /when WeChat Pay last said/);
  assert.match(pending.toDo, /^Nothing: `complete` is under way/);
  const creating = { ...orderIn('creating'), operations: [record('cancel')] };
  assert.match(phaseWordsOf(creating, EN).stands, /^Whether WeChat Pay has the order/);
});

const waits = (order: Order) => waitsOf(order, EN).join('\n');

test('what a request waits for is told where it is so, and only there', () => {
  const order = orderWith('in_service', 'complete');
  const operation = order.operations.find(({ key }) => key === 'p-complete');
  const withProgress = (progress: object, change: Partial<Order> = {}) =>
    waits({ ...order, ...change, operations: [{ ...operation!, progress }] });
  const lookedUp = { isToBeLookedUp: true };
  const told = { lateArrivalUntil: later(60).toISOString(), createUntil: later(9).toISOString() };
  for (const [words, isSo, isNot] of [
    [/must tell how the order stands/, withProgress({}, lookedUp), withProgress({})],
    [/has said yes, and its account/, withProgress({ isTaken: true }), withProgress({})],
    [/is charging at this very moment/, withProgress({ chargingRefusals: 1 }), withProgress({})],
    [
      /can arrive until/,
      withProgress({ unknownSince: AT.toISOString(), lastSentAt: AT.toISOString() }),
      withProgress({ unknownSince: AT.toISOString() }),
    ],
    [
      /Not sent before/,
      waits({ ...orderWith('paying', 'modify'), ...told }),
      withProgress({}, told),
    ],
    [/Given up when/, waits({ ...orderIn('creating'), ...told }), withProgress({}, told)],
    [/The payment/, waits(orderIn('paying')), waits(orderIn('in_service'))],
    [
      /The user, until/,
      waits(orderIn('authorizing')),
      withProgress({}, { authorizeUntil: told.createUntil }),
    ],
  ] as const) {
    assert.match(isSo, words);
    assert.doesNotMatch(isNot, words);
  }
  assert.doesNotMatch(
    waits({ ...orderWith('paying', 'modify'), lateArrivalUntil: undefined } as never),
    /Not sent/,
  );
  assert.doesNotMatch(
    waits({ ...orderIn('creating'), createUntil: undefined } as never),
    /Given up/,
  );
});

test('what is told of a request is told in one line', () => {
  const progress = { unknownSince: AT.toISOString() };
  const operations = [record('complete', { state: 'running', progress })];
  assert.match(waits({ ...orderIn('in_service'), operations }), /\+08:00\. \*\*Its outcome is/);
});

test('a request is under way since its call began, and before that since it was asked for', () => {
  const order = orderWith('in_service', 'complete');
  const underWay = (startedAt?: string) =>
    waits({
      ...order,
      operations: [
        { ...record('complete', { state: 'running' }), ...(startedAt && { startedAt }) },
      ],
    });
  assert.match(underWay(later(60).toISOString()), /since 2026-10-01T12:01:00/);
  assert.match(underWay(), /since 2026-10-01T12:00:00/);
});

test('a user who was not invited is not waited for, nor one without a deadline', () => {
  const { authorizeUntil: _, invitation: __, ...order } = orderIn('authorizing');
  assert.deepEqual(waitsOf(order, EN), []);
});

test('every trouble is told in sentences, before the end and after it', () => {
  for (const trouble of TROUBLES) {
    for (const phase of ['paying', 'paid'] as const) {
      const { means, toDo } = troubleWordsOf(orderIn(phase), trouble, EN);
      for (const text of [means, toDo]) assert.match(text, /^[A-Z].{15,}/, trouble);
    }
  }
});

const meaning = (trouble: Trouble, change: Partial<Order> = {}) =>
  troubleWordsOf({ ...orderIn('paying'), ...change }, trouble, EN).means;

test('a trouble is told with what is known of it', () => {
  assert.match(
    meaning('amount_raised', { agreedTotal: 300 }),
    /charges 8\.00 yuan, .* to 3\.00 yuan:/,
  );
  const { serviceOrder: _, ...untold } = orderIn('paying');
  assert.match(troubleWordsOf(untold, 'amount_raised', EN).means, /charges 0\.00 yuan/);
  assert.match(
    troubleWordsOf(untold, 'overdue', EN).means,
    /more than 30 days, and nobody has said/,
  );
  const overdue = troubleWordsOf(untold, 'overdue', EN).toDo;
  assert.ok(overdue.endsWith(`\`cancel\`: \`${EXAMPLES.cancel}\``));
  assert.match(meaning('unresolved'), /^For longer than 10 minutes/);
  assert.equal(
    meaning('unresolved', { unresolved: why }),
    'Nobody answers. WeChat Pay is asked again and again.',
  );
  const serviceOrder = said('in_service', {
    time_range: { start_time: '20261001110000', end_time: '20261002110000' },
  });
  assert.match(
    meaning('overdue', { serviceOrder }),
    /expected: until 20261002110000 \(Beijing\)\.$/,
  );
});

const owed = (refundDue?: RefundDue, change: Partial<Order> = {}) =>
  troubleWordsOf(
    { ...orderIn('paid'), ...(refundDue && { refundDue }), ...change },
    'refund_due',
    EN,
  );

test('why money is owed is told for every reason, and that it is where nobody knows', () => {
  const reasons = [
    'cancel',
    'modify',
    'complete',
    'sync',
    'paid_elsewhere',
    'free',
    'cancelled',
    'rejected',
    'unauthorized',
  ] as const;
  for (const because of reasons) {
    assert.match(
      owed({ amount: 5, because }).means,
      /although \w.{10,}: 0\.05 yuan must go back\.$/,
    );
  }
  assert.match(owed({ amount: 5, because: 'paid' }).means, /although it was paid: /);
  assert.equal(owed().means, 'Money is owed to the user.');
  assert.match(
    owed().toDo,
    /^Pay back what was charged by `POST …\/refund-due`, or in the merchant platform/,
  );
});

test('what was paid twice can be given back in either way, all else by a refund', () => {
  for (const because of ['sync', 'paid_elsewhere', 'cancel', 'paid'] as const) {
    const isTwice = because === 'sync' || because === 'paid_elsewhere';
    assert.equal(owed({ amount: 5, because }).toDo.includes('once, not both'), isTwice);
  }
  assert.match(owed({ amount: 5, because: 'cancel' }).toDo, /\(8\.00 yuan\)\. Paid back otherwise/);
});

test('by which transactions a refund goes is told as far as it is known', () => {
  const due = { amount: 5, because: 'cancel' } as const;
  assert.match(owed({ ...due, transaction_id: '42' }).toDo, /by transaction_id `42`\./);
  const parts = [
    { ...newton, amount: 300, transaction_id: '42' },
    { ...newton, amount: 500, transaction_id: '43' },
    { ...newton, amount: 1, transaction_id: undefined },
  ];
  assert.match(
    owed(due, { serviceOrder: said('paid', paidBy(...parts)) }).toDo,
    /several transaction_ids, none by more than it charged: `42` \(3\.00 yuan\), `43` \(5\.00 yuan\)\./,
  );
  const bill = /by the transaction_id that the bill shows for `R1`\./;
  assert.match(owed(due, { serviceOrder: said('cancelled') }).toDo, bill);
  const { serviceOrder: _, ...untold } = orderIn('paid');
  assert.match(troubleWordsOf({ ...untold, refundDue: due }, 'refund_due', EN).toDo, bill);
});

test('what was refused last is told, with why and how it is sent again', () => {
  const refused = record('complete', { state: 'refused', refusal });
  const rule = { code: 'not_lower', total_amount: 300 } as const;
  const notAllowed = record('modify', { state: 'not_allowed', rule });
  const told = (...operations: Order['operations'][number][]) =>
    troubleWordsOf({ ...orderIn('paying'), operations }, 'operation_refused', EN);
  assert.match(
    told(notAllowed, refused, record('cancel')).means,
    /^`complete` .*: 综合评估不通过\.$/,
  );
  assert.match(told(refused, notAllowed).means, /^`modify` .*: total\\_amount must be lower/);
  assert.ok(told(refused).toDo.includes(`update, \`complete\`: \`${EXAMPLES.complete}\`. `));
  assert.match(told(record('cancel')).means, /^Something was asked for .* for the answer\.$/);
  assert.match(told(record('cancel')).toDo, /the corrected update\. The word/);
  const unexplained = record('cancel', { state: 'refused' });
  assert.match(told(unexplained).means, /^`cancel` .* for the answer\.$/);
  const creation = { ...refused, operation: 'create' } as never;
  assert.match(told(creation).toDo, /the corrected update\. The word/);
});

test('of an order that has ended two buttons are left to warn of, of others each with its own reason', () => {
  assert.deepEqual(
    buttonsOf(orderIn('paid'), EN).map((line) => line.split('_')[1]),
    ['Reset', 'Start Workflow Like This One'],
  );
  const reasons = (['authorizing', 'creating', 'in_service', 'paying'] as const).map(
    (phase) => buttonsOf(orderIn(phase), EN)[1],
  );
  assert.equal(new Set(reasons).size, 4);
});

test('white space and marks of others are shown as text', () => {
  assert.equal(term('a  b`\n`c'), '`a b c`');
  assert.equal(plain('a\n\n b'), 'a b');
});
