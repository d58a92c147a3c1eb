/** An order that WeChat Pay was never told of, because it did not take our calls: when that may be said, and what it leaves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { FIRST, type Opening } from '../../../payscore/order/opening.ts';
import { failure } from '../../../payscore/order/fact.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import type { Progress } from '../../../payscore/order/operation.ts';
import { hasEnded, isUntouched, isNeverOpened } from '../../../payscore/rules/ended.ts';
import { viewOf } from '../../../payscore/order/view.ts';
import { inWords } from '../../support/words.ts';
import { adoption, AT, brokenOff, later, opening, reopened, TOO_LATE } from '../order/orders.ts';

const WHY = failure('WeChat Pay answered 401 SIGN_ERROR: 错误的签名，验签失败 (Request-ID 08F1-1)');
const troubled = { kind: 'troubled', trouble: 'misconfigured', why: WHY } as const;
const neverOpened = { kind: 'never_opened', why: WHY } as const;

const opened = (by: Opening = opening) => newOrder(by, AT);
const progressed = (progress: Progress): Order =>
  fold(opened(), { kind: 'progressed', key: FIRST, progress }, AT);

test('an order of which nothing was sent is untouched, and so is one whose run ended so', () => {
  assert.equal(isUntouched(opened()), true);
  assert.equal(isUntouched(opened(reopened('creating'))), true);
  assert.equal(isUntouched(opened(reopened('authorizing'))), true);
  assert.equal(isUntouched(progressed({ lastSentAt: AT.toISOString() })), true);
});

for (const [what, order] of Object.entries<Order>({
  'sent a creation whose outcome is unknown': progressed({ unknownSince: AT.toISOString() }),
  'was told yes to its creation': progressed({ isTaken: true }),
  'follows a run that was broken off': opened(brokenOff('creating')),
  'follows one that was in service': opened(reopened('in_service')),
  'follows one that had ended': opened(reopened('rejected')),
  'is only taken up': opened(adoption),
  'may be at WeChat, as our store was lost': opened({ ...opening, mayExist: true }),
  'is to be given up': fold(opened(), { kind: 'given_up', why: TOO_LATE }, AT),
  'must be queried': fold(
    opened(),
    { kind: 'query_needed', why: failure('a message'), isSaidToBeOver: false },
    AT,
  ),
})) {
  test(`an order that ${what} is not untouched`, () => assert.equal(isUntouched(order), false));
}

test('it ends explained, in trouble, in no final phase', () => {
  const order = fold(fold(opened(), troubled, later(1)), neverOpened, later(61));
  assert.equal(hasEnded(order), true);
  const view = viewOf(order);
  assert.deepEqual([view.phase, view.trouble], ['creating', 'misconfigured']);
  assert.match(inWords(view.explanation), /401 SIGN_ERROR.*Nothing was created.*same request/);
  assert.equal(isNeverOpened(view), true);
  assert.equal(isNeverOpened(viewOf(opened())), false);
});

test('who has cancelled it meanwhile has cancelled it', () => {
  const record = {
    operation: 'cancel',
    key: 'k',
    digest: 'd',
    receivedAt: AT.toISOString(),
  } as const;
  const asked = fold(
    fold(opened(), troubled, AT),
    { kind: 'asked', record: { ...record, request: { reason: '用户取消' }, state: 'waiting' } },
    AT,
  );
  const { phase, trouble } = viewOf(fold(asked, neverOpened, later(61)));
  assert.deepEqual([phase, trouble], ['cancelled', undefined]);
});

test('nothing else ends it, or leads it on, once it has ended so', () => {
  const order = fold(fold(opened(), troubled, AT), neverOpened, later(61));
  const events: OrderEvent[] = [
    { kind: 'unreachable', why: failure('no answer') },
    { kind: 'not_created', why: { code: 'not_told_in_time' } },
    { kind: 'given_up', why: TOO_LATE },
    { kind: 'permission', authorization_state: 'AVAILABLE', by: 'openid' },
  ];
  for (const event of events) {
    const { phase, wasNeverOpened, explanation } = fold(order, event, later(62));
    assert.deepEqual([phase, wasNeverOpened], ['creating', true], event.kind);
    assert.equal(explanation, order.explanation);
  }
});

test('an order that is in service meanwhile stays that', () => {
  const order = { ...opened(), phase: 'in_service' } as const;
  assert.equal(hasEnded(fold(order, neverOpened, later(61))), false);
});
