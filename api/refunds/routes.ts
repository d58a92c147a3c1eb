/** `/v1/service-orders/{out_order_no}/refunds`: pays money back, and shows what was paid back. */
import { Router, type Response } from 'express';
import type { Admit } from '../admission/admission.ts';
import { callerOf } from '../http/authentication.ts';
import { NoBody, parseBody } from '../http/body.ts';
import { wordsFor } from '../http/language.ts';
import { parseQuery } from '../http/query.ts';
import { Problem } from '../http/problems.ts';
import { noteReplayed, type Kept } from '../http/replayed.ts';
import { numberOf } from '../service-orders/routes.ts';
import { applyForRefund, readRefunds, refundWhatIsDue } from './refund.ts';
import { settleByHand } from './settle.ts';
import { presentedRefund } from '../../answers/refund.ts';
import { presented } from '../../answers/service-order.ts';
import type { Services } from '../../payscore/order/opening.ts';
import type { RefundRecord } from '../../payscore/refunds/refunds.ts';
import { isToBeSent } from '../../payscore/refunds/rules.ts';
import { OutRefundNo, RefundRequest, RefundsQuery, SettledRequest } from '../../schemas/refund.ts';
import { digestOf } from '../../temporal/opening.ts';
import type { Temporal } from '../../temporal/client.ts';

export function refundRoutes(temporal: Temporal, services: Services, admit: Admit): Router {
  const router = Router();
  const refunds = '/service-orders/:out_order_no/refunds';
  const due = '/service-orders/:out_order_no/refund-due';

  router.post(refunds, async (request, response) => {
    const out_order_no = numberOf(request);
    const body = parseBody(RefundRequest, request.body);
    const asked = { ...body, digest: digestOf(request.body), by: callerOf(response) };
    answer(
      response,
      out_order_no,
      await admit('change', () => applyForRefund(temporal, out_order_no, asked, services)),
    );
  });

  router.get(refunds, async (request, response) => {
    const out_order_no = numberOf(request);
    const { transaction_id } = parseQuery(RefundsQuery, request.query);
    const found = await admit('read', () => readRefunds(temporal, out_order_no, transaction_id));
    const words = wordsFor(response);
    response.json({ refunds: found.map((refund) => presentedRefund(refund, words)) });
  });

  router.get(`${refunds}/:out_refund_no`, async (request, response) => {
    const out_order_no = numberOf(request);
    const number = OutRefundNo.safeParse(request.params.out_refund_no);
    const { transaction_id } = parseQuery(RefundsQuery, request.query);
    const found = await admit('read', () => readRefunds(temporal, out_order_no, transaction_id));
    const refund = found.find((it) => number.success && it.out_refund_no === number.data);
    if (!refund) {
      throw new Problem('no-such-refund', {
        detail: ({ problems }) => problems.refunds.unknown(out_order_no),
      });
    }
    response.json(presentedRefund(refund, wordsFor(response)));
  });

  router.post(due, async (request, response) => {
    const out_order_no = numberOf(request);
    parseBody(NoBody, request.body);
    const by = callerOf(response);
    answer(
      response,
      out_order_no,
      await admit('change', () => refundWhatIsDue(temporal, out_order_no, by, services)),
    );
  });

  router.post(`${due}/settled`, async (request, response) => {
    const out_order_no = numberOf(request);
    const { reason } = parseBody(SettledRequest, request.body);
    const settled = { reason, by: callerOf(response) };
    const order = await admit('change', () => settleByHand(temporal, out_order_no, settled));
    response.json(presented(order, wordsFor(response)));
  });

  return router;
}

/** 200: WeChat Pay has it, wherever it stands; 202: kept here, and not known to be taken; 422: WeChat Pay refused. */
function answer(
  response: Response,
  out_order_no: string,
  { outcome: refund, isReplayed }: Kept<RefundRecord>,
): void {
  if (isReplayed) noteReplayed(response);
  const { out_refund_no, state, refusal, why } = refund;
  response.location(
    `/v1/service-orders/${out_order_no}/refunds/${encodeURIComponent(out_refund_no)}`,
  );
  if (state === 'refused') {
    throw new Problem(refusal ? 'refused-by-wechat-pay' : 'not-allowed', {
      detail: ({ fact, problems }) => (why ? fact(why) : problems.refunds.refused),
      ...(refusal && { refusal }),
    });
  }
  const told = presentedRefund(refund, wordsFor(response));
  response.status(isToBeSent(refund) ? 202 : 200).json(told);
}
