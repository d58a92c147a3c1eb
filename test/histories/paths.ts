/** Every path of an order: each plays one order to its end, or to where it waits, and returns its number. */
import { setTimeout as delay } from 'node:timers/promises';
import { clientOf } from '../support/merchant.ts';
import { eventually } from '../support/eventually.ts';
import { newNumber, rental, rentalEnd } from '../support/orders.ts';
import { inService, owing, paying } from '../support/play.ts';
import type { Stack } from '../support/stack.ts';

export type Path = (stack: Stack) => Promise<string>;

export const PATHS: Readonly<Record<string, Path>> = {
  async 'paid-by-callback'(stack) {
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async 'paid-by-poll'(stack) {
    const { out_order_no } = await paying(stack);
    await stack.people.planNotificationFault({ out_order_no, fault: 'lost', times: 9 });
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async free(stack) {
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(0));
    return out_order_no;
  },

  async 'authorized-by-notification'(stack) {
    const { out_order_no, token, openid } = await invited(stack);
    await stack.people.authoriseByToken(token, openid);
    await untilPhase(stack, out_order_no, 'in_service');
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async 'authorized-by-refresh'(stack) {
    const { out_order_no, openid } = await invited(stack);
    await stack.people.authorise(openid);
    await change(stack, out_order_no, 'refresh');
    await untilPhase(stack, out_order_no, 'in_service');
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async 'authorized-by-poll'(stack) {
    const { out_order_no, token, openid } = await invited(stack);
    const event_type = 'PAYSCORE.USER_OPEN_SERVICE';
    await stack.people.planNotificationFault({ fault: 'lost', event_type });
    await stack.people.authoriseByToken(token, openid);
    await untilPhase(stack, out_order_no, 'in_service');
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async unauthorized(stack) {
    const order = rental({ deadlines: { authorization_seconds: 60 } });
    await stack.api.open(order);
    return order.out_order_no;
  },

  async 'cancelled-while-authorizing'(stack) {
    const { out_order_no } = await invited(stack);
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async 'cancelled-in-service'(stack) {
    const { out_order_no } = await inService(stack);
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async 'cancelled-while-paying'(stack) {
    const { out_order_no } = await paying(stack);
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async 'cancelled-after-charging'(stack) {
    const { out_order_no } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 60);
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  async modified(stack) {
    const { out_order_no } = await paying(stack);
    await change(stack, out_order_no, 'modify', { ...rentalEnd(300), reason: '多收' });
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async 'paid-elsewhere'(stack) {
    const { out_order_no } = await paying(stack);
    await delay(1_100);
    await change(stack, out_order_no, 'sync', { paid_time: new Date().toISOString() });
    return out_order_no;
  },

  async rejected(stack) {
    const order = rental({ risk_fund: { amount: 100_001 } });
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    return order.out_order_no;
  },

  async 'created-in-confirm-mode'(stack) {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.people.setBehaviour(order.openid, { creation: 'stays_created' });
    await stack.api.open(order);
    return order.out_order_no;
  },

  async 'created-too-late'(stack) {
    const order = rental({ deadlines: { creation_seconds: 10 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await stack.people.planFault({
      call: 'create',
      out_order_no,
      fault: 'executed-late',
      delay_seconds: 20,
    });
    await stack.people.planFault({ call: 'create', out_order_no, fault: 'cut', times: 3 });
    await stack.api.open(order);
    return out_order_no;
  },

  async 'refused-after-doubt'(stack) {
    const order = rental();
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'create', out_order_no, fault: 'cut' });
    await stack.people.setBehaviour(order.openid, { creation: 'risk_refused' });
    await stack.api.open(order);
    return out_order_no;
  },

  async 'completion-refused'(stack) {
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(100_001), { prefer: 'respond-async' });
    await eventually(
      'the refusal',
      async () => (await stack.api.read(out_order_no)).body.trouble !== undefined,
    );
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async 'unknown-creation'(stack) {
    const order = rental();
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'create', out_order_no, fault: 'executed-then-500' });
    await stack.api.open(order);
    await delay(2_100);
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async 'unknown-completion'(stack) {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', out_order_no, fault: 'cut' });
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async 'unknown-cancellation'(stack) {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'cancel', out_order_no, fault: 'executed-then-cut' });
    await cancel(stack, out_order_no);
    return out_order_no;
  },

  // `refund-due.json` is of 0.2, whose runs ended though money was owed.
  async 'refund-settled'(stack) {
    const { out_order_no } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 600);
    await change(stack, out_order_no, 'cancel', { reason: '用户投诉' }, 'respond-async');
    await eventually(
      'the cancellation',
      async () => (await stack.api.read(out_order_no)).body.pending_operation !== undefined,
    );
    await stack.people.pay(out_order_no);
    await owing(stack, out_order_no);
    await stack.api.on(out_order_no, 'refund-due/settled', { reason: '现金退还' });
    return out_order_no;
  },

  async misconfigured(stack) {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({
      call: 'complete',
      out_order_no,
      fault: 'refused',
      refusal: 'signature',
    });
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },

  async adopted(stack) {
    const wechatpay = clientOf(stack.merchant);
    const { appid, service_id } = stack.merchant;
    const order = rental({ out_order_no: newNumber(), need_user_confirm: false });
    await stack.people.authorise(order.openid);
    await wechatpay.createServiceOrder({
      ...order,
      ...{ appid, service_id, time_range: { start_time: 'OnAccept' } },
      notify_url: stack.services[0].notify_url,
    });
    await wechatpay.close();
    await change(stack, order.out_order_no, 'adopt');
    await cancel(stack, order.out_order_no);
    return order.out_order_no;
  },

  async recovered(stack) {
    const { out_order_no } = await paying(stack);
    await stack.run(out_order_no).terminate('pressed by mistake');
    await stack.people.pay(out_order_no);
    await eventually(
      'the recovery run',
      async () => (await stack.run(out_order_no).describe()).status.name !== 'TERMINATED',
    );
    return out_order_no;
  },
};

/** A user who is to authorise, and the token that leads him there. */
async function invited({ api }: Stack) {
  const order = rental();
  const { body } = await api.open(order);
  return { ...order, token: body.authorization.apply_permissions_token as string };
}

async function change(
  { api }: Stack,
  out_order_no: string,
  operation: string,
  body: object = {},
  prefer?: string,
): Promise<void> {
  const path = `/v1/service-orders/${out_order_no}/${operation}`;
  await api.call('POST', path, body, prefer === undefined ? {} : { prefer });
}

async function cancel(stack: Stack, out_order_no: string): Promise<void> {
  await change(stack, out_order_no, 'cancel', { reason: '用户取消' });
}

async function untilPhase({ api }: Stack, out_order_no: string, phase: string): Promise<void> {
  await eventually(phase, async () => (await api.read(out_order_no)).body.phase === phase);
}
