/** A user who has not authorised is led to WeChat, and every sign of his return leads the order on. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('an order of a user who has not authorised', { concurrency: 6 }, () => {
  const stage = useStack();

  /** Opened, and what the API answered. */
  async function invited(change: Record<string, unknown> = {}) {
    const order = rental(change);
    const answer = await stage.stack.api.open(order);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return { order, answer, token: answer.body.authorization?.apply_permissions_token as string };
  }

  const isNowhere = (out_order_no: string) =>
    assert.rejects(stage.stack.people.order(out_order_no), { status: 404 });

  it('is answered 202 with what leads mini program, H5 and app to WeChat, and nothing is created', async () => {
    const { order, answer, token } = await invited();
    const { body, headers } = answer;
    assert.equal(body.phase, 'authorizing');
    assert.equal(headers.get('location'), `/v1/service-orders/${order.out_order_no}`);
    const { mini_program, h5, app } = body.authorization.jump;
    assert.deepEqual(mini_program.extraData, { apply_permissions_token: token });
    const query = `apply_permissions_token=${encodeURIComponent(token)}`;
    assert.equal(h5.queryString, query);
    assert.equal(app.query, query);
    const left = Date.parse(body.authorization.expires_at) - Date.now();
    assert.ok(left > 3_500_000 && left <= 3_600_000, `${left} ms`);
    assert.equal(JSON.stringify(body).includes(order.openid), false);
    await isNowhere(order.out_order_no);
  });

  it('prepares the permission under its own number', async () => {
    const { order } = await invited();
    const wechatpay = clientOf(stage.stack.merchant);
    const { service_id } = stage.stack.merchant;
    const key = { authorization_code: order.out_order_no, service_id };
    const { json } = await wechatpay.getPermissionByAuthorizationCode(key);
    await wechatpay.close();
    assert.equal((json as { authorization_state: string }).authorization_state, 'UNBINDUSER');
  });

  it('opened again with the same body is answered the same, with the token that is still good', async () => {
    const { order, token } = await invited();
    const again = await stage.stack.api.open(order);
    assert.equal(again.status, 202);
    assert.equal(again.body.authorization.apply_permissions_token, token);
    const other = await stage.stack.api.open({ ...order, service_introduction: '别的' });
    assert.equal(other.status, 409);
  });

  it('goes on when WeChat’s notification comes', async () => {
    const { people, run } = stage.stack;
    const { order, token } = await invited();
    await people.authoriseByToken(token, order.openid);
    await run(order.out_order_no).signal('authorizationChanged');
    const body = await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
    assert.equal(body.authorization, undefined);
    assert.deepEqual(await executedOn(stage.stack, order.out_order_no), ['created 0']);
    assert.equal((await stage.stack.api.open(order)).status, 200);
  });

  it('does not believe a notification: WeChat is asked', async () => {
    const { run } = stage.stack;
    const { order } = await invited();
    await run(order.out_order_no).signal('authorizationChanged');
    const wanted = /permission: UNBINDUSER/;
    await told(order.out_order_no, wanted);
    await shown(stage.stack, order.out_order_no, { phase: 'authorizing' });
    await isNowhere(order.out_order_no);
  });

  it('goes on when business code asks, because the user is back on its page', async () => {
    const { api, people } = stage.stack;
    const { order, token } = await invited();
    assert.equal((await api.refresh(order.out_order_no)).body.phase, 'authorizing');
    await people.authoriseByToken(token, order.openid);
    assert.equal((await api.refresh(order.out_order_no)).status, 200);
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
  });

  it('waits on when the user revokes before anybody has looked, and takes him when he returns', async () => {
    const { api, people } = stage.stack;
    const { order, token } = await invited();
    await people.authoriseByToken(token, order.openid);
    await people.revoke(order.openid);
    assert.equal((await api.refresh(order.out_order_no)).body.phase, 'authorizing');
    await people.authoriseByToken(token, order.openid);
    await api.refresh(order.out_order_no);
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
  });

  it('is rejected when the user authorises and revokes before the creation: nothing exists', async () => {
    const { api, people } = stage.stack;
    const { order, token } = await invited();
    await people.authoriseByToken(token, order.openid);
    await people.setBehaviour(order.openid, { creation: 'no_auth' });
    await api.refresh(order.out_order_no);
    const body = await shown(stage.stack, order.out_order_no, { phase: 'rejected' });
    assert.equal(body.last_refusal.reason, 'no_permission');
    await isNowhere(order.out_order_no);
  });

  it('goes on when the same user has authorised by another order', async () => {
    const { api, people } = stage.stack;
    const first = await invited();
    const second = await invited({ openid: first.order.openid });
    await people.authoriseByToken(first.token, first.order.openid);
    await api.refresh(first.order.out_order_no);
    await api.refresh(second.order.out_order_no);
    await shown(stage.stack, first.order.out_order_no, { phase: 'in_service' });
    await shown(stage.stack, second.order.out_order_no, { phase: 'in_service' });
  });

  it('is cancelled without WeChat, and stays so when the user authorises after all', async () => {
    const { api, people, run } = stage.stack;
    const { order, token } = await invited();
    const { status, body } = await api.cancel(order.out_order_no, CANCELLATION);
    assert.equal(status, 200);
    assert.equal(body.phase, 'cancelled');
    assert.equal(body.authorization, undefined);
    await people.authoriseByToken(token, order.openid);
    assert.equal((await run(order.out_order_no).result()).phase, 'cancelled');
    assert.equal((await api.cancel(order.out_order_no, CANCELLATION)).status, 200);
    await isNowhere(order.out_order_no);
  });

  it('cannot be completed, and keeps waiting', async () => {
    const { order } = await invited();
    const { status, body } = await stage.stack.api.complete(order.out_order_no, rentalEnd(500));
    assert.equal(status, 409);
    assert.match(body.detail, /in_service; it is authorizing/);
  });

  it('that was created by an earlier run is taken up without a new invitation', async () => {
    const { api, people, run } = stage.stack;
    const order = rental();
    await people.authorise(order.openid);
    await api.open(order);
    await run(order.out_order_no).terminate('pressed by mistake');
    await people.revoke(order.openid);
    assert.equal((await api.open(order)).status, 201);
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
    assert.deepEqual(await executedOn(stage.stack, order.out_order_no), ['created 0']);
  });

  it('outlasts a pre-permission that is answered by a gateway', async () => {
    const { people, api } = stage.stack;
    const order = rental();
    await people.planFault({ call: 'prepare', fault: 'unsigned-502' });
    await api.open(order);
    await shown(stage.stack, order.out_order_no, { phase: 'authorizing' });
  });

  async function told(out_order_no: string, event: RegExp): Promise<void> {
    await eventually(String(event), async () => {
      const { body } = await stage.stack.api.read(out_order_no);
      return body.timeline.some((entry: { event: string }) => event.test(entry.event));
    });
  }
});

describe('an order whose number another user is bound to', () => {
  const stage = useStack({ simulator: { policies: { second_preparation: 'until_bound' } } });

  it('is rejected when WeChat refuses the pre-permission, with its words', async () => {
    const order = rental();
    const { appid, service_id } = stage.stack.merchant;
    const wechatpay = clientOf(stage.stack.merchant);
    const authorization_code = order.out_order_no;
    const { json } = await wechatpay.preparePermission({ authorization_code, appid, service_id });
    await wechatpay.close();
    const { apply_permissions_token } = json as { apply_permissions_token: string };
    await stage.stack.people.authoriseByToken(apply_permissions_token, `${order.openid}x`);
    const { status, body } = await stage.stack.api.open(order);
    assert.equal(status, 422);
    assert.match(body.detail, /cannot be led to WeChat.*授权协议号已被用户绑定/);
    await assert.rejects(stage.stack.people.order(order.out_order_no), { status: 404 });
  });
});
