/** `/v1/service-orders/{out_order_no}/detail-link`: the signed link to WeChat's page of an order. */
import { Router } from 'express';
import { presentedDetailLink } from '../../answers/authorization.ts';
import type { Admit } from '../admission/admission.ts';
import { deadlines } from '../http/deadline.ts';
import { unknownOrder } from './read.ts';
import { look, openingOfRun } from './run.ts';
import type { Temporal } from '../../temporal/client.ts';
import { runOneShot } from '../one-shot.ts';
import { numberOf } from './routes.ts';

export function detailLinkRoutes(temporal: Temporal, admit: Admit): Router {
  const router = Router();

  router.post('/service-orders/:out_order_no/detail-link', async (request, response) => {
    const out_order_no = numberOf(request);
    const link = await admit('opening', async () => {
      const until = deadlines(temporal);
      const found = await look(temporal, out_order_no, until.call);
      if (!found) throw unknownOrder(out_order_no);
      const { service } = await openingOfRun(temporal, found, until.call);
      const key = { mch_id: service.mchid, service_id: service.service_id, out_order_no };
      return await runOneShot(temporal, 'detailLink', key, until);
    });
    response.json(presentedDetailLink(link));
  });

  return router;
}
