/** `/v1/authorizations`: users' authorizations of the service, for business code without an order. No openid is in a URL. */
import { Router } from 'express';
import {
  presentedAuthorization,
  presentedPreparation,
  presentedTermination,
} from '../../answers/authorization.ts';
import type { Admit } from '../admission/admission.ts';
import { parseBody } from '../http/body.ts';
import type { Temporal } from '../../temporal/client.ts';
import { runOneShot, tryOneShot } from '../one-shot.ts';
import {
  PrepareAuthorization,
  QueryAuthorization,
  TerminateAuthorization,
} from '../../schemas/authorization.ts';

export function authorizationRoutes(temporal: Temporal, admit: Admit): Router {
  const { appid, service_id, notify_url } = temporal.service;
  const router = Router();

  router.post('/authorizations/query', async (request, response) => {
    const of = parseBody(QueryAuthorization, request.body);
    const asked = { of, appid, service_id };
    const told = await admit('opening', () => runOneShot(temporal, 'authorization', asked));
    response.json(presentedAuthorization(told));
  });

  router.post('/authorizations/prepare', async (request, response) => {
    const { authorization_code } = parseBody(PrepareAuthorization, request.body);
    const preparation = { service_id, appid, authorization_code, notify_url };
    const prepared = await admit('opening', () =>
      runOneShot(temporal, 'authorizationPreparation', preparation),
    );
    response.json(presentedPreparation(prepared));
  });

  router.post('/authorizations/terminate', async (request, response) => {
    const { of, reason } = parseBody(TerminateAuthorization, request.body);
    const termination = { of, appid, service_id, reason };
    const ended = await admit('opening', () =>
      tryOneShot(temporal, 'authorizationTermination', termination),
    );
    response.status(ended ? 200 : 202).json(ended ? presentedTermination(ended) : TAKEN);
  });

  return router;
}

const TAKEN = {
  detail:
    'Taken, but what WeChat Pay makes of it is not known yet. Repeat the same request to learn it: ' +
    'what is terminated already counts as terminated.',
};
