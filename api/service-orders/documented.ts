/** What the document says of `/v1/service-orders`. */
import { z } from 'zod';
import { listQuery } from './list-query.ts';
import {
  ASKS_TEMPORAL,
  ASKS_WORKER,
  header,
  WORDED,
  type Documented,
  type Told,
} from '../openapi/route.ts';
import { LISTED, OPENING, ORDER } from '../openapi/examples.ts';
import { Jump } from '../../answers/jump.ts';
import { OrderList } from '../../answers/service-order-list.ts';
import { PresentedOrder, TakenOrder } from '../../answers/service-order.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import { CancelServiceOrder } from '../../schemas/cancel-service-order.ts';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { ModifyServiceOrder } from '../../schemas/modify-service-order.ts';
import { AdoptServiceOrder } from '../../schemas/adopt-service-order.ts';
import { OpenNamedServiceOrder } from '../../schemas/open-service-order.ts';
import { SyncServiceOrder } from '../../schemas/sync-service-order.ts';
import { IdempotencyKey, OutOrderNo } from '../../schemas/text.ts';

const ORDERS = '/v1/service-orders';
export const ONE_ORDER = `${ORDERS}/{out_order_no}`;
export const ofOrder = z.object({ out_order_no: OutOrderNo });

const Prefer = z.string().meta({
  description:
    '`respond-async` (RFC 7240): left with Temporal and answered 202 at once, also while no worker runs.',
  example: 'respond-async',
});

const order = (description: string, { headers, ...more }: Partial<Told> = {}): Told => ({
  ...{ description, schema: PresentedOrder, headers: { ...WORDED, ...headers } },
  ...more,
});
const located = { headers: header('Location') };
const replayed = { headers: { ...header('Location'), ...header('Idempotency-Replayed') } };
const taken = { schema: TakenOrder, ...located };

const operation = (
  name: AskedOperation,
  summary: string,
  body: Documented['body'],
): Documented => ({
  ...{ method: 'post', path: `${ONE_ORDER}/${name}`, operationId: `${name}ServiceOrder` },
  ...{ tag: 'Orders', summary, ...(body && { body }) },
  parameters: {
    path: ofOrder,
    header: z.object({ 'Idempotency-Key': IdempotencyKey.optional(), Prefer: Prefer.optional() }),
  },
  answers: {
    200: order('The order: it is done, or its effect was there already with the same values.', {
      ...{ ...replayed, example: ORDER },
    }),
    202: {
      description: 'Taken, and WeChat Pay has not said yet: read the order, or ask the same again.',
      ...taken,
    },
  },
  problems: [...ASKS_WORKER, 'not-found', 'not-allowed', 'refused-by-wechat-pay', 'key-reused'],
  problemHeaders: { 409: header('Idempotency-Replayed'), 422: header('Idempotency-Replayed') },
});

/** Of fees as both ends of a service have them. */
const FEES = { post_payments: [{ name: '租借费', amount: 500 }], total_amount: 500 };

export const SERVICE_ORDER_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'post', path: ORDERS, operationId: 'openServiceOrder', tag: 'Orders' },
    summary: 'Opens an order (创建支付分订单, confirm-free mode); the number is the key.',
    body: { schema: OpenNamedServiceOrder, example: OPENING },
    answers: {
      200: order('The same request again: the order as it stands.', replayed),
      201: order('The order exists: `in_service`.', { ...located, example: ORDER }),
      202: {
        description:
          '`authorizing`, with what leads the user to WeChat’s page; or `creating`: not known yet.',
        schema: z.union([PresentedOrder, TakenOrder]),
        headers: { ...WORDED, ...replayed.headers },
      },
    },
    problems: [
      ...ASKS_WORKER,
      ...(['different-body', 'number-taken', 'refused-by-wechat-pay'] as const),
      ...(['not-created', 'unauthorized'] as const),
    ],
    problemHeaders: {
      409: replayed.headers,
      422: replayed.headers,
      ...{ 429: header('Location'), 503: header('Location') },
    },
  },
  {
    ...{ method: 'get', path: ORDERS, operationId: 'listServiceOrders', tag: 'Orders' },
    summary: 'Lists orders by phase and trouble, the latest first; it lags behind by a moment.',
    parameters: { query: listQuery({ tokenOf: () => undefined, cursorOf: () => undefined }) },
    answers: { 200: { description: 'A page.', schema: OrderList, example: { orders: [LISTED] } } },
    problems: ASKS_TEMPORAL,
  },
  {
    ...{ method: 'get', path: ONE_ORDER, operationId: 'readServiceOrder', tag: 'Orders' },
    summary: 'Reads an order; a finished one needs no worker.',
    parameters: { path: ofOrder },
    answers: { 200: order('The order.', { example: ORDER }) },
    problems: [...ASKS_WORKER, 'not-found'],
  },
  operation(
    'complete',
    'Ends the service with the real amount; WeChat Pay starts charging (完结支付分订单).',
    {
      ...{ schema: CompleteServiceOrder, example: FEES },
    },
  ),
  operation('modify', 'Lowers the amount while WeChat Pay is charging (修改订单金额).', {
    schema: ModifyServiceOrder,
    example: {
      post_payments: [{ name: '租借费', amount: 300 }],
      total_amount: 300,
      reason: '多收退还',
    },
  }),
  operation(
    'cancel',
    'Cancels: before it exists, in service, or while WeChat Pay is charging (取消支付分订单).',
    {
      ...{ schema: CancelServiceOrder, example: { reason: '用户取消' } },
    },
  ),
  operation(
    'sync',
    'Says that the user paid you directly; WeChat Pay stops charging (同步服务订单信息).',
    {
      ...{ schema: SyncServiceOrder, example: { paid_time: '2026-11-28T20:00:00+08:00' } },
    },
  ),
  {
    ...{ method: 'post', path: `${ONE_ORDER}/refresh`, operationId: 'refreshServiceOrder' },
    ...{
      tag: 'Orders',
      summary: 'Asks WeChat Pay now how the order stands; says that the user waits.',
    },
    parameters: { path: ofOrder, header: z.object({ Prefer: Prefer.optional() }) },
    answers: {
      200: order('The order as WeChat Pay tells it now.', { ...located, example: ORDER }),
      202: { description: 'WeChat Pay has not answered yet, or nobody waited.', ...taken },
    },
    problems: [...ASKS_WORKER, 'not-found', 'not-allowed', 'refused-by-wechat-pay'],
  },
  {
    ...{ method: 'post', path: `${ONE_ORDER}/adopt`, operationId: 'adoptServiceOrder' },
    ...{
      tag: 'Orders',
      summary: 'Takes up an order that WeChat Pay has, and no run here goes on with.',
    },
    description:
      'One that an older system opened, or whose run was ended from outside. One that goes on is refreshed.',
    parameters: { path: ofOrder },
    body: { schema: AdoptServiceOrder.unwrap(), example: {}, isOptional: true },
    answers: {
      200: order('The order.', { ...located, example: ORDER }),
      202: { description: 'Taken, and WeChat Pay has not answered yet.', ...taken },
    },
    problems: [...ASKS_WORKER, 'not-found', 'not-allowed', 'refused-by-wechat-pay'],
  },
  {
    ...{ method: 'post', path: `${ONE_ORDER}/detail-link`, operationId: 'signDetailLink' },
    ...{
      tag: 'Orders',
      summary: 'With what a front end opens WeChat’s page of the order, signed (跳转订单详情).',
    },
    parameters: { path: ofOrder },
    answers: {
      200: { description: 'Pass the entry of your front end on as it is.', schema: Jump },
    },
    problems: [...ASKS_WORKER, 'not-found', 'refused-by-wechat-pay'],
  },
];
