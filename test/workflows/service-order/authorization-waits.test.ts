/** How long an order waits for its user's authorization, on a server that skips time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refresh } from '../../../workflows/contract.ts';
import { rental } from '../../support/orders.ts';
import { executedOn, invited, shown } from '../../support/play.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const HOUR = 3_600;

describe('an authorization', () => {
  // Where WeChat gives a known code no other token is a test below.
  const stage = useLongStack({ simulator: { policies: { second_preparation: 'until_bound' } } });

  const isNowhere = (out_order_no: string) =>
    assert.rejects(stage.stack.people.order(out_order_no), { status: 404 });

  it('of which no word comes is found by the poll', async () => {
    const { people } = stage.stack;
    const { order, token } = await invited(stage.stack);
    await people.holdNotifications();
    await people.authoriseByToken(token, order.openid);
    await stage.pass(70);
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
    await people.releaseNotifications();
  });

  it('is offered by a fresh token when somebody asks after the hour of the old one, and that one leads on', async () => {
    const { people, run } = stage.stack;
    const { order, token } = await invited(stage.stack);
    await stage.pass(HOUR);
    await assert.rejects(people.authoriseByToken(token, order.openid));
    const { invitation } = await run(order.out_order_no).executeUpdate(refresh, { args: [{}] });
    assert.notEqual(invitation?.apply_permissions_token, token);
    await people.authoriseByToken(invitation?.apply_permissions_token ?? '', order.openid);
    await run(order.out_order_no).executeUpdate(refresh, { args: [{}] });
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
  });

  it('whose token WeChat refuses to renew ends the order, with the refusal', async () => {
    const { people, run } = stage.stack;
    const { order } = await invited(stage.stack);
    await people.setPolicies({ second_preparation: 'never' });
    await stage.pass(HOUR);
    await run(order.out_order_no).executeUpdate(refresh, { args: [{}] });
    await people.resetPolicies();
    const body = await shown(stage.stack, order.out_order_no, { phase: 'unauthorized' });
    assert.equal(body.last_refusal.message, '授权协议号已存在');
    await isNowhere(order.out_order_no);
  });

  it('whose token got lost where WeChat gives a number but one is rejected with its words, and another number leads on', async () => {
    const { api, people } = stage.stack;
    const order = rental();
    await people.setPolicies({ second_preparation: 'never' });
    await people.planFault({ call: 'prepare', fault: 'executed-then-cut' });
    await api.open(order);
    const body = await shown(stage.stack, order.out_order_no, { phase: 'rejected' });
    assert.equal(body.last_refusal.message, '授权协议号已存在');
    const { order: other, token } = await invited(stage.stack, { openid: order.openid });
    await people.resetPolicies();
    await people.authoriseByToken(token, other.openid);
    await shown(stage.stack, other.out_order_no, { phase: 'in_service' });
    await isNowhere(order.out_order_no);
  });

  it('whose renewal gets no answer leaves the old token, and is tried again', async () => {
    const { people, run } = stage.stack;
    const { order, token } = await invited(stage.stack);
    await stage.pass(HOUR - 200);
    await people.planFault({ call: 'prepare', fault: 'unsigned-502', times: 5 });
    const before = await run(order.out_order_no).executeUpdate(refresh, { args: [{}] });
    assert.equal(before.phase, 'authorizing');
    assert.equal(before.invitation?.apply_permissions_token, token);
    const { invitation } = await run(order.out_order_no).executeUpdate(refresh, { args: [{}] });
    assert.ok(invitation);
    assert.notEqual(invitation.apply_permissions_token, token);
  });

  it('that does not come within a day ends the order unauthorized: 422, and nothing is created afterwards', async () => {
    const { api, people, run } = stage.stack;
    const { order } = await invited(stage.stack);
    await stage.pass(23 * HOUR);
    await shown(stage.stack, order.out_order_no, { phase: 'authorizing' });
    await stage.pass(2 * HOUR);
    assert.equal((await run(order.out_order_no).result()).phase, 'unauthorized');
    await people.authorise(order.openid);
    const again = await api.open(order);
    assert.equal(again.status, 422);
    assert.equal(again.body.type, 'urn:payscore-orders:unauthorized');
    assert.match(again.body.detail, /not authorised.*new out_order_no/);
    await isNowhere(order.out_order_no);
  });

  it('in the last minute of the time that business code gives is found before the order is given up', async () => {
    const { people } = stage.stack;
    const { order, token } = await invited(stage.stack, {
      deadlines: { authorization_seconds: 600 },
    });
    await stage.pass(570);
    await people.holdNotifications();
    await people.authoriseByToken(token, order.openid);
    await stage.pass(40);
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
    await people.releaseNotifications();
    assert.deepEqual(await executedOn(stage.stack, order.out_order_no), ['created 0']);
  });
});
