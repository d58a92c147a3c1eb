/** `/v1/service-orders/{out_order_no}/detail-link`: the signed link to WeChat's page of an order. */
import { Router } from 'express';
import type { Admit } from './admission/admission.ts';
import { look, patience } from './orders/patience.ts';
import type { Temporal } from '../temporal/client.ts';
import { Problem } from './problems.ts';
import { ask } from './questions.ts';
import { numberOf } from './service-orders.ts';

export function detailLinkRoutes(temporal: Temporal, admit: Admit): Router {
  const { mchid: mch_id, service_id } = temporal.service;
  const router = Router();

  router.post('/service-orders/:out_order_no/detail-link', async (request, response) => {
    const out_order_no = numberOf(request);
    const link = await admit('opening', async () => {
      const until = patience();
      if (!(await look(temporal, out_order_no, until.call))) {
        throw new Problem('not-found', { detail: `No order ${out_order_no} is known here.` });
      }
      return await ask(temporal, 'detailLink', { mch_id, service_id, out_order_no }, until);
    });
    response.json(link);
  });

  return router;
}
