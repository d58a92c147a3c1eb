/** The simulator assembled, not listening: APIv3 for merchants, /_control for people and tests. */
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { controlRouter, type ControlParts } from './control/control-router.ts';
import type { Credentials } from './credentials/merchant.ts';
import type { Delays } from './delays.ts';
import { completeOrderHandler } from './orders/complete-order.ts';
import { createOrderHandler } from './orders/create-order.ts';
import { queryOrderHandler } from './orders/query-order.ts';
import { queryPermissionHandler } from './permissions/query-permission.ts';
import { createAnswerer } from './transport/answer.ts';
import { createEndpoint } from './transport/endpoint.ts';
import { createRequestCheck } from './transport/request-check.ts';
import { routesOf } from './transport/routes.ts';
import type { WechatSigner } from './transport/wechat-signature.ts';

export interface AppParts extends ControlParts {
  readonly credentials: Credentials;
  readonly signer: WechatSigner;
  readonly delays: Delays;
  readonly logger: Logger;
}

export function createApp(parts: AppParts): Express {
  const { credentials, signer, logger, service, orders, permissions } = parts;
  const answer = createAnswerer(signer);
  const check = createRequestCheck(credentials.merchant);
  const endpoint = createEndpoint({ ...parts, check });

  const routes = {
    '/v3/payscore/permissions/openid/:openid': {
      GET: endpoint('permission', queryPermissionHandler(service, permissions)),
    },
    '/v3/payscore/serviceorder': {
      GET: endpoint('query', queryOrderHandler(service, orders)),
      POST: endpoint('create', createOrderHandler(parts)),
    },
    '/v3/payscore/serviceorder/:out_order_no/complete': {
      POST: endpoint('complete', completeOrderHandler(parts)),
    },
  };

  const app = express().disable('x-powered-by').disable('etag');
  app.use('/_control', controlRouter(parts));
  app.use(routesOf(routes, answer, logger));
  return app;
}
