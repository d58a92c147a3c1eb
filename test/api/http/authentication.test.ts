/** Who is let in by which key, for what, and where its name stands afterwards. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { SCOPES, type Scope } from '../../../config/api-keys.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { useStack } from '../../support/stage.ts';

const keyOf = (name: string, ...scopes: Scope[]) => ({
  name,
  scopes,
  sha256: createHash('sha256').update(`secret of ${name}`.replaceAll(' ', '-')).digest(),
});
const by = (name: string) => ({ authorization: `Bearer secret-of-${name}` });

/** Method, path, the one scope that it takes. */
const ROUTES: readonly [string, string, Scope][] = [
  ['GET', '/v1/service-orders', 'read'],
  ['GET', '/v1/service-orders/R1', 'read'],
  ['POST', '/v1/service-orders/R1/detail-link', 'read'],
  ['POST', '/v1/service-orders/R1/detail-link/', 'read'],
  ['POST', '/v1/authorizations/query', 'read'],
  ['GET', '/v1/reconciliations/2026-11-02', 'read'],
  ['POST', '/v1/service-orders', 'orders'],
  ...['complete', 'modify', 'cancel', 'sync', 'refresh', 'adopt'].map(
    (operation) =>
      ['POST', `/v1/service-orders/R1/${operation}`, 'orders'] as [string, string, Scope],
  ),
  ...['refunds', 'Refunds', 'refunds/', 'refund-due', 'REFUND-DUE', 'refund-due/settled'].map(
    (path) => ['POST', `/v1/service-orders/R1/${path}`, 'refunds'] as [string, string, Scope],
  ),
  ['GET', '/v1/service-orders/R1/refunds', 'read'],
  ['GET', '/v1/service-orders/R1/refunds/A', 'read'],
  ['POST', '/v1/authorizations/prepare', 'orders'],
  ['POST', '/v1/authorizations/terminate', 'orders'],
  ['POST', '/v1/reconciliations', 'orders'],
  ['POST', '/v1/reconciliations/query', 'orders'],
];

describe('a key', () => {
  const apiKeys = [...SCOPES.map((scope) => keyOf(scope, scope)), keyOf('shop', 'read', 'orders')];
  const stage = useStack({ apiKeys });

  for (const [method, path, scope] of ROUTES) {
    it(`opens ${method} ${path} with ${scope} alone`, async () => {
      const { api } = stage.stack;
      const statuses: Record<string, number> = {};
      for (const name of SCOPES) {
        // A body with a fault: whoever is let in gets as far as that.
        const body = method === 'GET' ? undefined : { nothing: 'of the kind' };
        const answer = await api.call(method, path, body, by(name));
        if (answer.status === 403) {
          assert.equal(
            answer.body.detail,
            `The key ${name} has the scope ${name}; this takes ${scope}.`,
          );
        }
        statuses[name] = answer.status;
      }
      const refused = SCOPES.filter((name) => statuses[name] === 403);
      assert.deepEqual(
        refused,
        SCOPES.filter((name) => name !== scope),
      );
      assert.equal((await api.call(method, path, undefined, {})).status, 401);
      assert.equal((await api.call(method, path, undefined, by('nobody'))).status, 401);
    });
  }

  it('stands in the timeline and beside the operations of what it asked for', async () => {
    const { api, people } = stage.stack;
    const order = rental();
    await people.authorise(order.openid);
    const opened = await api.call('POST', '/v1/service-orders', order, by('shop'));
    assert.equal(opened.status, 201);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const path = `/v1/service-orders/${order.out_order_no}`;
    const completed = await api.call('POST', `${path}/complete`, rentalEnd(500), by('orders'));
    assert.equal(completed.status, 200);
    const { body } = await api.call('GET', path, undefined, by('read'));
    const events = body.timeline.map(({ event }: { event: string }) => event);
    assert.equal(events[0], 'opened by shop');
    assert.ok(events.includes('complete asked for by orders: 500 fen'), events.join('\n'));
    const operation = body.operations.find(
      (told: { operation: string }) => told.operation === 'complete',
    );
    assert.equal(operation.requested_by, 'orders');
  });
});
