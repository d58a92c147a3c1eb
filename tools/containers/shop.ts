/** Business code of a merchant: opens, completes and looks at orders over HTTP, and repeats what was not taken. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import { createControl } from '../../simulator/control.ts';

export interface Answer {
  /** 0 where nobody answered. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | undefined;
}

export interface Order {
  readonly out_order_no: string;
  readonly openid: string;
}

export type Shop = ReturnType<typeof createShop>;

const GIVE_UP_MS = 180_000;
const AGAIN_MS = 300;
/** WeChat takes an end of the service only when it has passed, and whole seconds after its start. */
export const SERVICE_MS = 2_100;

/** @param begin what the time is now, where WeChat Pay's clock was set to another day */
export function createShop({ url, simulatorUrl, key }: ShopAt, begin = new Date()) {
  const people = createControl(simulatorUrl);
  const aheadMs = begin.getTime() - Date.now();

  async function call(method: string, path: string, body?: object, idempotencyKey?: string) {
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(20_000),
      });
      const text = await answer.text();
      const again = Number(answer.headers.get('retry-after') ?? Number.NaN);
      return {
        status: answer.status,
        body: bodyIn(text),
        retryAfterMs: Number.isNaN(again) ? undefined : again * 1_000,
      } satisfies Answer;
    } catch {
      return { status: 0, body: {}, retryAfterMs: undefined } satisfies Answer;
    }
  }

  /** The same again while it was not taken: nobody answered, a 5xx, too many. */
  async function callUntilTaken(
    method: string,
    path: string,
    body?: object,
    idempotencyKey?: string,
  ): Promise<Answer> {
    const end = Date.now() + GIVE_UP_MS;
    for (;;) {
      const answer = await call(method, path, body, idempotencyKey);
      const isTaken = answer.status !== 0 && answer.status < 500 && answer.status !== 429;
      if (isTaken || Date.now() > end) return answer;
      await delay(answer.retryAfterMs ?? AGAIN_MS);
    }
  }

  async function phaseOf(out_order_no: string): Promise<unknown> {
    return (await call('GET', `/v1/service-orders/${out_order_no}`)).body['phase'];
  }

  async function untilPhase(out_order_no: string, phases: readonly string[]): Promise<string> {
    const end = Date.now() + GIVE_UP_MS;
    for (;;) {
      const phase = String(await phaseOf(out_order_no));
      if (phases.includes(phase)) return phase;
      if (Date.now() > end)
        throw new Error(`${out_order_no} is ${phase}, not ${phases.join(' or ')}`);
      await delay(AGAIN_MS);
    }
  }

  /** The user has authorised the service before. */
  async function newOrder(): Promise<Order> {
    const random = randomBytes(8).toString('hex');
    const order = {
      out_order_no: `C${Date.now()}${random.slice(0, 6)}`,
      openid: `oShop_${random}`,
    };
    await people.authorise(order.openid);
    return order;
  }

  async function open(order: Order): Promise<Answer> {
    return await callUntilTaken('POST', '/v1/service-orders', openingOf(order));
  }

  function completionOf({ out_order_no }: Order, amount = 500) {
    const end_time = beijingTimeOf(new Date(Date.now() + aheadMs - 1_000), 14);
    const body = {
      post_payments: [{ name: '租借费', amount }],
      total_amount: amount,
      time_range: { end_time },
    };
    const path = `/v1/service-orders/${out_order_no}/complete`;
    return ['POST', path, body, `complete-${out_order_no}`] as const;
  }

  async function complete(order: Order): Promise<Answer> {
    return await callUntilTaken(...completionOf(order));
  }

  async function cancel({ out_order_no }: Order): Promise<Answer> {
    const path = `/v1/service-orders/${out_order_no}/cancel`;
    return await callUntilTaken('POST', path, { reason: '用户取消' }, `cancel-${out_order_no}`);
  }

  return {
    people,
    call,
    newOrder,
    open,
    complete,
    /** The same request, as often as it is made. */
    completion(order: Order): () => Promise<Answer> {
      const request = completionOf(order);
      return () => call(...request);
    },
    cancel,
    phaseOf,
    untilPhase,
    /** In service, and old enough to be completed. */
    async serve(): Promise<Order> {
      const order = await newOrder();
      await open(order);
      await untilPhase(order.out_order_no, ['in_service']);
      await delay(SERVICE_MS);
      return order;
    },
    /** Completes it, the user pays, and the order knows. */
    async finish(order: Order): Promise<void> {
      await complete(order);
      await untilPhase(order.out_order_no, ['paying', 'paid']);
      await people.pay(order.out_order_no).catch(() => undefined); // has paid already
      await untilPhase(order.out_order_no, ['paid']);
    },
  };
}

export interface ShopAt {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly key: string;
}

export function openingOf({ out_order_no, openid }: Order) {
  return {
    out_order_no,
    openid,
    service_introduction: '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    // On a machine under load a creation takes longer than usual.
    deadlines: { creation_seconds: 600 },
  };
}

/** A proxy without anybody behind it answers without JSON. */
function bodyIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
