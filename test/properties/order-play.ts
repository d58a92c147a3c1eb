/** Plays operations on a simulator, through both of the merchant's programs, and tells how each ended. */
import assert from 'node:assert/strict';
import { type Control, ControlRefusal } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import type { Answer } from '../../wechatpay/answer.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import { signedBy, type Got, type Json, type merchantOf } from '../simulator/merchant.ts';
import { secondsBefore } from './order-model.ts';
import {
  type CreateBody,
  type End,
  type Operation,
  type Paid,
  type PersonsAct,
  type Via,
  RISK_CAP,
} from './order-operations.ts';
import { SOON } from './order-standing.ts';
import { outcomeOf } from './own-errors.ts';

/** Seconds; no case lasts so long. */
const LONG_AGO = 2000 * 86_400;

export interface Ended {
  readonly status: number;
  readonly code?: string | undefined;
  readonly json: Json;
}

export interface Stage {
  readonly simulator: Simulator;
  readonly control: Control;
  readonly client: WechatpayClient;
  readonly merchant: ReturnType<typeof merchantOf>;
}

export type Play = ReturnType<typeof createPlay>;

/** One case: two order numbers and a user of its own. */
export function createPlay(stage: Stage, numbers: readonly string[], openid: string) {
  const { simulator, control, client, merchant } = stage;
  const starts_soon = merchant.beijing(SOON);
  /** Bodies of successful calls, to be sent again. */
  const sent = new Map<string, object>();
  let made = 0;

  const numberOf = (order: number) => numbers[order] ?? '';

  async function believe(got: Promise<Got>): Promise<Ended> {
    const { status, json, ...answer } = await got;
    assert.ok(signedBy(answer, simulator.merchant), 'the answer is not signed');
    return { status, code: json?.code, json };
  }

  /** The same call, by one program or by the other. */
  async function send(via: Via, byClient: () => Promise<Answer>, byMerchant: () => Promise<Got>) {
    return await (via === 'client' ? endOf(byClient) : believe(byMerchant()));
  }

  async function post(
    it: { op: string; via: Via; order: number; again: boolean },
    fresh: object,
    call: (out_order_no: string, body: any) => Promise<Answer>,
  ): Promise<Ended> {
    const number = numberOf(it.order);
    const key = `${it.op} ${number}`;
    const body = (it.again ? sent.get(key) : undefined) ?? fresh;
    const ended = await send(
      it.via,
      () => call(number, body),
      () => merchant.change(it.op, number, body),
    );
    if (ended.status === 200) sent.set(key, body);
    return ended;
  }

  const createBody = (order: number, kind: CreateBody) =>
    merchant.createBody(numberOf(order), {
      openid,
      ...(kind === 'other' && { attach: 'other' }),
      ...(kind === 'above cap' && {
        risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: RISK_CAP + 1 },
      }),
      ...(kind === 'starts soon' && { time_range: { start_time: starts_soon } }),
    });

  /** Never the same twice. */
  function fees(total: number, sum: 'right' | 'wrong') {
    made += 1;
    const fee = { name: '租金', amount: total + 5, description: `第${made}次` };
    const discount = { name: '优惠', amount: sum === 'right' ? 5 : 4, description: '优惠' };
    return { post_payments: [fee], post_discounts: [discount], total_amount: total };
  }

  const END: Record<End, number> = { past: -1, 'to come': 600, 'before start': -LONG_AGO };
  const PAID: Record<Paid, number> = {
    'just now': -1,
    'before completion': -LONG_AGO,
    'in 30 s': 30,
    'in 10 min': 600,
  };
  const PEOPLE: Record<PersonsAct, (out_order_no: string) => Promise<unknown>> = {
    pay: control.pay,
    'pay from page': control.payFromPage,
    'fail to pay': control.failToPay,
    confirm: control.confirm,
  };

  async function query(via: Via, order: number): Promise<Ended> {
    const out_order_no = numberOf(order);
    return await send(
      via,
      () => client.getServiceOrder({ ...merchant.identity, out_order_no }),
      () => merchant.query(out_order_no),
    );
  }

  async function perform(it: Operation): Promise<Ended> {
    switch (it.op) {
      case 'create': {
        const body = createBody(it.order, it.body);
        return await send(
          it.via,
          () => client.createServiceOrder(body),
          () => merchant.create(body),
        );
      }
      case 'complete': {
        const time_range = { end_time: merchant.beijing(END[it.end]) };
        const body = merchant.completeBody({ ...fees(it.total, it.sum), time_range });
        return await post(it, body, client.completeServiceOrder);
      }
      case 'modify': {
        const body = merchant.modifyBody(it.total, fees(it.total, it.sum));
        return await post(it, body, client.modifyServiceOrder);
      }
      case 'cancel': {
        made += 1;
        const { appid, service_id } = merchant.identity;
        const reason = String(made).padStart(it.reason, '退');
        const body = { appid, reason, ...(it.service && { service_id }) };
        return await post(it, body, client.cancelServiceOrder);
      }
      case 'sync':
        made += 1;
        return await post(
          it,
          merchant.syncBody(merchant.beijing(PAID[it.paid]), { attempt: made }),
          client.syncServiceOrder,
        );
      case 'pay call':
        return await send(
          it.via,
          () => client.payServiceOrder(numberOf(it.order), merchant.identity),
          () => merchant.change('pay', numberOf(it.order), merchant.identity),
        );
      case 'query':
        return await query(it.via, it.order);
      case 'pay':
      case 'pay from page':
      case 'fail to pay':
      case 'confirm':
        return await told(PEOPLE[it.op](numberOf(it.order)));
      case 'charging window':
        return await told(control.openChargingWindow(numberOf(it.order), it.seconds));
      case 'script':
        return await told(
          control.scriptCharging(numberOf(it.order), {
            failures: it.failures,
            interval_seconds: 3600,
          }),
        );
      case 'terminate': {
        const body = merchant.changeBody();
        return await send(
          it.via,
          () => client.terminatePermissionByOpenid(openid, body),
          () => merchant.terminate(openid),
        );
      }
      case 'revoke':
        return await told(control.revoke(openid));
      case 'authorise':
        return await told(control.authorise(openid));
      case 'pass':
        merchant.pass(it.seconds);
        return { status: 200, json: undefined };
    }
  }

  /** At once, in whatever order they arrive. */
  async function play(...its: Operation[]): Promise<Ended[]> {
    for (const it of its) merchant.pass(secondsBefore(it));
    return await Promise.all(its.map(perform));
  }

  return { play, query, numberOf };
}

async function endOf(call: () => Promise<Answer>): Promise<Ended> {
  const outcome = await outcomeOf(call);
  if ('answer' in outcome) return { status: 200, json: outcome.answer.json };
  const { error } = outcome;
  assert.ok(error instanceof WechatpayRefusal && error.proven, error.message);
  return { status: error.status, code: error.errorCode, json: undefined };
}

async function told(acting: Promise<unknown>): Promise<Ended> {
  try {
    return { status: 200, json: await acting };
  } catch (error) {
    assert.ok(error instanceof ControlRefusal);
    return { status: error.status, json: undefined };
  }
}
