/** What the document says of refunds. */
import { ASKS_WORKER, header, WORDED, type Documented } from '../openapi/route.ts';
import { ORDER, REFUND } from '../openapi/examples.ts';
import { ofOrder, ONE_ORDER } from '../service-orders/documented.ts';
import { PresentedRefund, RefundList } from '../../answers/refund.ts';
import { PresentedOrder } from '../../answers/service-order.ts';
import { OutRefundNo, RefundRequest, RefundsQuery, SettledRequest } from '../../schemas/refund.ts';

const keyed = { ...header('Location'), ...header('Idempotency-Replayed') };
const headers = { ...WORDED, ...keyed };

const answers: Documented['answers'] = {
  200: {
    description: 'WeChat Pay has accepted it, wherever it stands.',
    ...{ schema: PresentedRefund, headers, example: REFUND },
  },
  202: {
    description: 'Kept here, and sent until it is known to be taken: read the refund.',
    ...{ schema: PresentedRefund, headers },
  },
};
const problems = [
  ...ASKS_WORKER,
  ...(['not-found', 'not-allowed', 'different-refund', 'refused-by-wechat-pay'] as const),
];
const problemHeaders = { 409: keyed, 422: keyed };

export const REFUND_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'post', path: `${ONE_ORDER}/refunds`, operationId: 'refund', tag: 'Refunds' },
    summary: 'Pays back, in whole or in part (申请退款); `out_refund_no` is the key.',
    description: 'Of the order’s payment, within a year, fifty times, a minute apart.',
    parameters: { path: ofOrder },
    body: {
      schema: RefundRequest,
      example: { out_refund_no: 'B20261128', amount: 200, reason: '多收退还' },
    },
    ...{ answers, problems, problemHeaders },
  },
  {
    ...{ method: 'get', path: `${ONE_ORDER}/refunds`, operationId: 'listRefunds', tag: 'Refunds' },
    summary: 'All refunds of the order, as far as WeChat Pay has told of them.',
    parameters: { path: ofOrder, query: RefundsQuery },
    answers: {
      200: {
        ...{ description: 'All.', schema: RefundList, headers: WORDED },
        example: { refunds: [REFUND] },
      },
    },
    problems: [...ASKS_WORKER, 'not-found'],
  },
  {
    ...{ method: 'get', path: `${ONE_ORDER}/refunds/{out_refund_no}`, operationId: 'readRefund' },
    ...{ tag: 'Refunds', summary: 'One of them, and what became of it.' },
    parameters: { path: ofOrder.extend({ out_refund_no: OutRefundNo }), query: RefundsQuery },
    answers: {
      200: {
        ...{ description: 'The refund.', schema: PresentedRefund, headers: WORDED },
        example: REFUND,
      },
    },
    problems: [...ASKS_WORKER, 'not-found', 'no-such-refund'],
  },
  {
    ...{ method: 'post', path: `${ONE_ORDER}/refund-due`, operationId: 'refundWhatIsDue' },
    ...{
      tag: 'Refunds',
      summary: 'Pays back exactly what `refund_due` says; asked again, it is the same refund.',
    },
    parameters: { path: ofOrder },
    ...{ answers, problems, problemHeaders },
  },
  {
    ...{ method: 'post', path: `${ONE_ORDER}/refund-due/settled`, operationId: 'settleWhatIsDue' },
    ...{ tag: 'Refunds', summary: 'Says that it was paid back otherwise, such as in cash.' },
    parameters: { path: ofOrder },
    body: { schema: SettledRequest, example: { reason: '现金退还' } },
    answers: {
      200: {
        description: 'The order, which owes nothing more.',
        ...{ schema: PresentedOrder, headers: WORDED },
        example: ORDER,
      },
    },
    problems: [...ASKS_WORKER, 'not-found', 'not-allowed'],
  },
];
