/** An order of which WeChat Pay never heard, because it did not take our calls: when that may be said, and what it leaves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../payscore/fold.ts';
import { FIRST, newOrder, type Opening, type Order } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import type { Progress } from '../../payscore/operation.ts';
import { hasEnded, isUntouched, wasUnserved } from '../../payscore/unserved.ts';
import { viewOf } from '../../payscore/view.ts';
import { adoption, AT, brokenOff, later, opening, reopened } from './orders.ts';

const WHY = 'WeChat Pay answered 401 SIGN_ERROR: 错误的签名，验签失败 (Request-ID 08F1-1)';
const troubled = { kind: 'troubled', trouble: 'misconfigured', why: WHY } as const;
const unserved = { kind: 'unserved', why: WHY } as const;

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
  'sent a creation whose outcome is unknown': progressed({ doubtfulSince: AT.toISOString() }),
  'was told yes to its creation': progressed({ isTaken: true }),
  'follows a run that was broken off': opened(brokenOff('creating')),
  'follows one that was in service': opened(reopened('in_service')),
  'follows one that had ended': opened(reopened('rejected')),
  'is only taken up': opened(adoption),
  'may be at WeChat, as our store was lost': opened({ ...opening, mayExist: true }),
  'is to be given up': fold(opened(), { kind: 'given_up', why: 'too late' }, AT),
  'is in doubt': fold(opened(), { kind: 'doubted', why: 'a message', isSaidToBeOver: false }, AT),
})) {
  test(`an order that ${what} is not untouched`, () => assert.equal(isUntouched(order), false));
}

test('it ends explained, in trouble, in no final phase', () => {
  const order = fold(fold(opened(), troubled, later(1)), unserved, later(61));
  assert.equal(hasEnded(order), true);
  const view = viewOf(order);
  assert.deepEqual([view.phase, view.trouble], ['creating', 'misconfigured']);
  assert.match(view.explanation ?? '', /401 SIGN_ERROR.*Nothing was created.*same request/);
  assert.equal(wasUnserved(view), true);
  assert.equal(wasUnserved(viewOf(opened())), false);
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
  const { phase, trouble } = viewOf(fold(asked, unserved, later(61)));
  assert.deepEqual([phase, trouble], ['cancelled', undefined]);
});

test('nothing else ends it, or leads it on, once it has ended so', () => {
  const order = fold(fold(opened(), troubled, AT), unserved, later(61));
  const events: OrderEvent[] = [
    { kind: 'unreachable', why: 'no answer' },
    { kind: 'not_created', why: 'too late' },
    { kind: 'given_up', why: 'too late' },
    { kind: 'permission', authorization_state: 'AVAILABLE', by: 'openid' },
  ];
  for (const event of events) {
    const { phase, isUnserved, explanation } = fold(order, event, later(62));
    assert.deepEqual([phase, isUnserved], ['creating', true], event.kind);
    assert.equal(explanation, order.explanation);
  }
});

test('an order that is in service meanwhile stays that', () => {
  const order = { ...opened(), phase: 'in_service' } as const;
  assert.equal(hasEnded(fold(order, unserved, later(61))), false);
});
