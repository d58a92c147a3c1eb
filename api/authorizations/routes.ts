/** `/v1/authorizations`: users' authorizations of the service, for business code without an order. No openid is in a URL. */
import { Router } from 'express';
import {
  presentedAuthorization,
  presentedPreparation,
  presentedTakenTermination,
  presentedTermination,
} from '../../answers/authorization.ts';
import type { Admit } from '../admission/admission.ts';
import { parseBody } from '../http/body.ts';
import { wordsFor } from '../http/language.ts';
import { serviceNamed } from '../http/named-service.ts';
import type { Temporal } from '../../temporal/client.ts';
import { runOneShot, tryOneShot } from '../one-shot.ts';
import type { Services } from '../../payscore/order/opening.ts';
import {
  PrepareAuthorization,
  QueryAuthorization,
  TerminateAuthorization,
} from '../../schemas/authorization.ts';

export function authorizationRoutes(temporal: Temporal, services: Services, admit: Admit): Router {
  const router = Router();

  router.post('/authorizations/query', async (request, response) => {
    const { of, named } = parseBody(QueryAuthorization, request.body);
    const { appid, service_id } = serviceNamed(services, named);
    const asked = { of, appid, service_id };
    const told = await admit('opening', () => runOneShot(temporal, 'authorization', asked));
    response.json(presentedAuthorization(told));
  });

  router.post('/authorizations/prepare', async (request, response) => {
    const { authorization_code, ...named } = parseBody(PrepareAuthorization, request.body);
    const { appid, service_id, notify_url } = serviceNamed(services, named);
    const preparation = { service_id, appid, authorization_code, notify_url };
    const prepared = await admit('opening', () =>
      runOneShot(temporal, 'authorizationPreparation', preparation),
    );
    response.json(presentedPreparation(prepared));
  });

  router.post('/authorizations/terminate', async (request, response) => {
    const { of, named, reason } = parseBody(TerminateAuthorization, request.body);
    const { appid, service_id } = serviceNamed(services, named);
    const termination = { of, appid, service_id, reason };
    const ended = await admit('opening', () =>
      tryOneShot(temporal, 'authorizationTermination', termination),
    );
    if (ended) return void response.json(presentedTermination(ended));
    response.status(202).json(presentedTakenTermination(wordsFor(response)));
  });

  return router;
}
