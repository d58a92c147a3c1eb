/** `/v1/service-orders`: opens, reads and completes orders. Bodies are WeChat's fields less what configuration gives. */
import { Router, type Request, type Response } from 'express';
import { parseBody } from './body.ts';
import { completeOrder, leaveCompletion } from './orders/complete.ts';
import { isOpened, openOrder, type OpenedOrder } from './orders/open.ts';
import { readOrder } from './orders/read.ts';
import type { Temporal } from './orders/temporal.ts';
import { Problem } from './problems.ts';
import { startTimeFault } from '../payscore/start-time.ts';
import { CompleteServiceOrder } from '../schemas/complete-service-order.ts';
import { OpenServiceOrder } from '../schemas/open-service-order.ts';
import { OutOrderNo } from '../schemas/text.ts';

export function serviceOrderRoutes(temporal: Temporal): Router {
  const router = Router();

  router.post('/service-orders', async (request, response) => {
    const body = parseBody(OpenServiceOrder, request.body);
    const fault = startTimeFault(body.time_range, new Date());
    // A repeated request is as good as its first time, though its start has come meanwhile.
    if (fault && !(await isOpened(temporal, body))) throw badStart(fault);
    const opened = await openOrder(temporal, body);
    response.location(`/v1/service-orders/${body.out_order_no}`);
    answerOpened(response, opened);
  });

  router.get('/service-orders/:out_order_no', async (request, response) => {
    response.json(await readOrder(temporal, numberOf(request)));
  });

  router.post('/service-orders/:out_order_no/complete', async (request, response) => {
    const out_order_no = numberOf(request);
    const body = parseBody(CompleteServiceOrder, request.body);
    if (prefersNoAnswer(request)) {
      await leaveCompletion(temporal, out_order_no, body);
      response.status(202).location(`/v1/service-orders/${out_order_no}`).json({ out_order_no });
      return;
    }
    const order = await completeOrder(temporal, out_order_no, body);
    response.status(order ? 200 : 202).location(`/v1/service-orders/${out_order_no}`);
    response.json(order ?? { out_order_no });
  });

  return router;
}

/** 201 created, 200 repeated, 202 taken but not known yet, 422 when it ended without having existed. */
function answerOpened(response: Response, { order, isRepeated }: OpenedOrder): void {
  if (!('timeline' in order)) {
    response.status(202).json(order);
    return;
  }
  switch (order.phase) {
    case 'rejected':
      throw new Problem(order.last_refusal ? 'refused-by-wechat-pay' : 'not-created', {
        detail: order.explanation ?? 'The order was not created.',
        ...(order.last_refusal && { refusal: order.last_refusal }),
      });
    case 'unauthorized':
      throw new Problem('unauthorized', {
        detail: order.explanation ?? 'The order was not created.',
      });
    case 'authorizing':
    case 'creating':
      response.status(202).json(order);
      return;
    case 'in_service':
    case 'paying':
    case 'paid':
    case 'paid_elsewhere':
    case 'free':
    case 'cancelled':
      response.status(isRepeated ? 200 : 201).json(order);
  }
}

function badStart({ field, rule }: { field: string; rule: string }): Problem {
  return new Problem('invalid-request', {
    detail: '1 fault in the body. Nothing was started.',
    errors: [{ pointer: `/time_range/${field}`, detail: rule }],
  });
}

/** @throws {Problem} `invalid-request` */
export function numberOf(request: Request): string {
  const result = OutOrderNo.safeParse(request.params['out_order_no']);
  if (result.success) return result.data;
  throw new Problem('invalid-request', {
    detail: `The out_order_no in the path ${result.error.issues[0]?.message ?? 'is not one'}.`,
  });
}

/** RFC 7240. */
function prefersNoAnswer(request: Request): boolean {
  return /(^|,)\s*respond-async\s*($|[,;])/i.test(request.get('prefer') ?? '');
}
