/** An order at every point of its life, what is asked of it, and what WeChat says there: the material of these tables. */
import { fold } from '../../../payscore/order/fold.ts';
import type { OperationRecord, Outcome, Requests } from '../../../payscore/order/operation.ts';
import {
  ASKED_OPERATIONS,
  type AskedOperation,
  type Source,
} from '../../../payscore/order/operation-name.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import {
  FIRST,
  type Adopted,
  type EarlierRun,
  type Opened,
} from '../../../payscore/order/opening.ts';
import type { OrderEvent } from '../../../payscore/order/event.ts';
import type { Phase, WechatPhase } from '../../../payscore/rules/phase.ts';
import { createBodyOf } from '../../../payscore/order/request-body.ts';
import { CompleteServiceOrder } from '../../../schemas/complete-service-order.ts';
import { ModifyServiceOrder } from '../../../schemas/modify-service-order.ts';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import { ServiceOrder } from '../../../schemas/service-order.ts';

export const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
export const AT = new Date('2026-10-01T04:00:00Z'); // noon in Beijing
export const TOTAL = 800;
export const LOWER = 300;

/** A moment so many seconds after noon. */
export const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000);

export const opening: Opened = {
  service: {
    mchid: '1900000001',
    appid: 'wx1',
    service_id: '20020000',
    notify_url: 'https://example.com/notify',
  },
  request: OpenServiceOrder.parse({
    out_order_no: 'R1',
    openid: OPENID,
    service_introduction: '充电宝租借',
    risk_fund: { amount: 9900 },
  }),
  digest: 'digest',
};

/** An order that WeChat has and nobody opened here. */
export const adoption: Adopted = {
  service: opening.service,
  digest: '',
  out_order_no: 'R1',
};

/** Opened here, and taken up from WeChat after its run had ended in this phase. */
export function reopened(phase: Phase, earlier: Partial<EarlierRun> = {}): Opened {
  const endedAt = AT.toISOString();
  const nothing = { operations: [], notifications: [] };
  return { ...opening, takesUp: { phase, endedAt, isBrokenOff: false, ...nothing, ...earlier } };
}

/** The same after its run was broken off, so that what it had sent may still arrive. */
export function brokenOff(phase: Phase, earlier: Partial<EarlierRun> = {}): Opened {
  return reopened(phase, { isBrokenOff: true, ...earlier });
}

export const requests: Requests = {
  complete: CompleteServiceOrder.parse({
    post_payments: [{ name: '租金', amount: TOTAL }],
    total_amount: TOTAL,
  }),
  modify: ModifyServiceOrder.parse({
    post_payments: [{ name: '租金', amount: LOWER }],
    total_amount: LOWER,
    reason: '多收退还',
  }),
  cancel: { reason: '用户取消' },
  sync: { paid_time: '2026-10-01T12:30:00+08:00' },
};

/** What WeChat is sent, as far as anything is decided by it. */
export const bodies: Readonly<Record<AskedOperation, Readonly<Record<string, unknown>>>> = {
  complete: { total_amount: TOTAL, time_range: { end_time: '20261001115955' } },
  modify: { total_amount: LOWER },
  cancel: { reason: '用户取消' },
  sync: { type: 'Order_Paid' },
};

const TOTALS: Readonly<Partial<Record<AskedOperation, number>>> = {
  complete: TOTAL,
  modify: LOWER,
};

/** A request as it is kept, under the key `k-<operation>`. */
export function record(
  operation: AskedOperation,
  change: Partial<OperationRecord> = {},
): OperationRecord {
  const total = TOTALS[operation];
  return {
    ...{ operation, key: `k-${operation}`, digest: `digest of ${operation}` },
    ...{ receivedAt: AT.toISOString(), request: requests[operation], state: 'waiting' },
    ...(total !== undefined && { total }),
    ...change,
  } as OperationRecord;
}

export function asked(operation: AskedOperation, change: Partial<OperationRecord> = {}) {
  return { kind: 'asked', record: record(operation, change) } as const;
}

export function started(operation: AskedOperation) {
  return { kind: 'started', key: `k-${operation}`, body: bodies[operation] } as const;
}

export const creating = { kind: 'started', key: FIRST, body: createBodyOf(opening) } as const;

/** What WeChat says of the user's permission. */
export function permission(
  authorization_state: string,
  by: 'openid' | 'code' = 'openid',
  since?: string,
) {
  const common = { kind: 'permission', authorization_state, by } as const;
  return since === undefined ? common : { ...common, since };
}

/** An attempt goes out, and comes back. */
export function attempted(key: string) {
  return [
    { kind: 'sent', key },
    { kind: 'returned', key },
  ] as const;
}

export function concluded(key: string, outcome: Outcome, unattended = false) {
  return { kind: 'concluded', key, outcome, unattended } as const;
}

export const invited = {
  kind: 'invited',
  invitation: { apply_permissions_token: 'token', expires_at: later(3_600).toISOString() },
  until: later(86_400).toISOString(),
} as const;

export const done = { kind: 'done' } as const;
export const notAllowed = { kind: 'not_allowed', rule: { code: 'not_done_in_time' } } as const;
export const refusal = {
  status: 400,
  code: 'INVALID_REQUEST',
  message: '综合评估不通过',
  request_id: '08F1-271300099',
  reason: 'risk',
} as const;
export const refused = { kind: 'refused', refusal } as const;

export const newton = {
  seq: 1,
  amount: TOTAL,
  paid_type: 'NEWTON',
  paid_time: '20261001120500',
  transaction_id: '4200000001202610010000000001',
};
const { transaction_id: _, ...untold } = newton;
/** Why an order ends without having existed, or is not wanted. */
export const NOT_AUTHORISED = {
  code: 'not_authorised_in_time',
  authorization_state: 'UNAVAILABLE',
} as const;
export const IN_CONFIRM_MODE = { code: 'in_confirm_mode' } as const;
export const TOO_LATE = { code: 'told_too_late' } as const;

export const mch = { ...untold, paid_type: 'MCH' };

function collected(state: string, paid_amount: number, details: object[]) {
  const paying_amount = TOTAL - paid_amount;
  return { state, total_amount: TOTAL, paying_amount, paid_amount, details };
}

export const paidBy = (...details: object[]) => ({
  collection: { state: 'USER_PAID', details },
});

const STANDING: Readonly<Record<WechatPhase, object>> = {
  in_service: { state: 'DOING', state_description: 'USER_CONFIRM' },
  paying: {
    state: 'DOING',
    state_description: 'MCH_COMPLETE',
    total_amount: TOTAL,
    collection: collected('USER_PAYING', 0, []),
  },
  paid: { state: 'DONE', total_amount: TOTAL, collection: collected('USER_PAID', TOTAL, [newton]) },
  paid_elsewhere: {
    state: 'DONE',
    total_amount: TOTAL,
    collection: collected('USER_PAID', TOTAL, [mch]),
  },
  free: { state: 'DONE', total_amount: 0 },
  cancelled: { state: 'REVOKED' },
};
export const WECHAT_PHASES = Object.keys(STANDING) as WechatPhase[];

/** WeChat's full account of the order in this phase, as it comes through Temporal: what is undefined is left out. */
export function said(phase: WechatPhase, change: object = {}): ServiceOrder {
  const account = ServiceOrder.parse({
    ...{ out_order_no: 'R1', mchid: '1900000001', appid: 'wx1', service_id: '20020000' },
    ...{ openid: OPENID, order_id: '1000000000202610010000000000001' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    time_range: { start_time: '20261001110000' },
    ...STANDING[phase],
    ...change,
  });
  return plain(account);
}

/** As Temporal carries it. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export function observed(phase: WechatPhase, by: Source, change: object = {}) {
  return { kind: 'observed', by, serviceOrder: said(phase, change) } as const;
}

/** The answer to a question that was put when this was the epoch. */
export function answered(asOf: number, phase: WechatPhase, change: object = {}) {
  return { ...observed(phase, 'query', change), asOf } as const;
}

/** The order after all of these, at noon. */
export function after(order: Order, ...events: readonly OrderEvent[]): Order {
  return events.reduce((before, event) => fold(before, event, AT), order);
}

/** An order that has come to this phase on the usual way. */
export function orderIn(phase: Phase): Order {
  const opened = newOrder(opening, AT);
  const begun = after(opened, permission('AVAILABLE'), creating, ...attempted(FIRST));
  const serving = () => after(begun, observed('in_service', 'create'), concluded(FIRST, done));
  const billed = () => after(serving(), ...carriedOut('complete', observed('paying', 'query')));
  switch (phase) {
    case 'authorizing':
      return after(opened, invited);
    case 'creating':
      return begun;
    case 'rejected':
      return after(begun, concluded(FIRST, refused));
    case 'unauthorized':
      return after(opened, invited, { kind: 'unauthorized', why: NOT_AUTHORISED });
    case 'in_service':
      return serving();
    case 'paying':
      return billed();
    case 'paid':
      return after(billed(), observed('paid', 'query'));
    case 'paid_elsewhere':
      return after(billed(), ...carriedOut('sync', observed('paid_elsewhere', 'query')));
    case 'free':
      return after(serving(), ...carriedOut('complete', observed('free', 'query')));
    case 'cancelled':
      return after(serving(), ...carriedOut('cancel', observed('cancelled', 'query')));
  }
}

/** From the request to its success, with what WeChat says in between. */
export function carriedOut(operation: AskedOperation, news: OrderEvent): OrderEvent[] {
  const key = `k-${operation}`;
  return [asked(operation), started(operation), ...attempted(key), news, concluded(key, done)];
}

/** An order that is being charged, less than was first asked for: WeChat has said yes to the correction. */
export function orderLowered(): Order {
  const shown = observed('paying', 'query', { total_amount: LOWER });
  return after(orderIn('paying'), ...carriedOut('modify', shown));
}

/** An order of which these are asked, and the first has begun. */
export function orderWith(phase: Phase, ...operations: readonly AskedOperation[]): Order {
  const [first = ASKED_OPERATIONS[0]] = operations;
  const asking = operations.map((operation) => asked(operation, { key: `p-${operation}` }));
  const start = { kind: 'started', key: `p-${first}`, body: bodies[first] } as const;
  return after(orderIn(phase), ...asking, start);
}

/** Whoever changes a frozen order throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
