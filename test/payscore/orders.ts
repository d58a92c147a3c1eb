/** An order at every point of its life, and what WeChat says about it there: the material of these tables. */
import { fold } from '../../payscore/fold.ts';
import { newOrder, type Opening, type Order, type Source } from '../../payscore/order.ts';
import type { Phase, WechatPhase } from '../../payscore/phase.ts';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { ServiceOrder } from '../../schemas/service-order.ts';

export const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
export const AT = new Date('2026-10-01T04:00:00Z'); // noon in Beijing
export const TOTAL = 800;

export const opening: Opening = {
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

export const completion = {
  request: CompleteServiceOrder.parse({
    post_payments: [{ name: '租金', amount: TOTAL }],
    total_amount: TOTAL,
  }),
  body: { total_amount: TOTAL, time_range: { end_time: '20261001115955' } },
};

export const newton = {
  seq: 1,
  amount: TOTAL,
  paid_type: 'NEWTON',
  paid_time: '20261001120500',
  transaction_id: '4200000001202610010000000001',
};
const { transaction_id: _, ...untold } = newton;
export const mch = { ...untold, paid_type: 'MCH' };

function collected(state: string, paid_amount: number, details: object[]) {
  const paying_amount = TOTAL - paid_amount;
  return { state, total_amount: TOTAL, paying_amount, paid_amount, details };
}

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
  return JSON.parse(JSON.stringify(account)) as ServiceOrder;
}

export function observed(phase: WechatPhase, by: Source, change: object = {}) {
  return { kind: 'observed', by, serviceOrder: said(phase, change) } as const;
}

export const refusal = {
  status: 400,
  code: 'INVALID_REQUEST',
  message: '综合评估不通过',
  request_id: '08F1-271300099',
  reason: 'risk',
} as const;

/** An order that has come to this phase on the usual way. */
export function orderIn(phase: Exclude<Phase, 'authorizing'>): Order {
  const created = newOrder(opening, AT);
  switch (phase) {
    case 'creating':
      return created;
    case 'rejected': {
      const refused = { kind: 'refused', operation: 'create', refusal, unattended: false } as const;
      return fold(created, refused, AT);
    }
    case 'unauthorized':
      return fold(created, { kind: 'unauthorized', authorization_state: 'UNAVAILABLE' }, AT);
    case 'in_service':
    case 'cancelled':
      return fold(created, observed(phase, 'query'), AT);
    case 'paying':
    case 'paid':
    case 'paid_elsewhere':
    case 'free': {
      const served = fold(created, observed('in_service', 'create'), AT);
      const completing = fold(served, { kind: 'completing', completion }, AT);
      return fold(completing, observed(phase, 'query'), AT);
    }
  }
}
