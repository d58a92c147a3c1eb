/** The simulator assembled, not listening: APIv3 for merchants, /_control for people and tests, and a page for people. */
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { CallLog } from './transport/call-log.ts';
import { applyBillHandler } from './bills/apply.ts';
import { applyFundFlowHandler, type ApplyFundFlowParts } from './bills/apply-fund-flow.ts';
import { downloadBillHandler } from './bills/download.ts';
import { controlRouter, type ControlParts } from './control/control-router.ts';
import { cancelOrderHandler } from './orders/cancel-order.ts';
import type { Delays } from './delays.ts';
import { completeOrderHandler } from './orders/complete-order.ts';
import { createOrderHandler } from './orders/create-order.ts';
import { modifyOrderHandler } from './orders/modify-order.ts';
import type { QueryIds } from './orders/order.ts';
import { payOrderHandler } from './orders/pay-order.ts';
import { queryOrderHandler } from './orders/query-order.ts';
import { syncOrderHandler } from './orders/sync-order.ts';
import { preparePermissionHandler } from './permissions/prepare-permission.ts';
import { queryByCodeHandler, queryPermissionHandler } from './permissions/query-permission.ts';
import {
  terminateByCodeHandler,
  terminateByOpenidHandler,
} from './permissions/terminate-permission.ts';
import { certificatesHandler } from './security/certificates.ts';
import { echoHandler } from './security/echo.ts';
import { duringMaintenance } from './maintenance.ts';
import { createAnswerer, createSender } from './transport/answer.ts';
import { createEndpoint } from './transport/endpoint.ts';
import { applyRefundHandler, type ApplyRefundParts } from './refunds/apply-refund.ts';
import { withRefundRate } from './refunds/refund-rate.ts';
import { queryRefundHandler } from './refunds/query-refund.ts';
import type { SubjectOf } from './transport/order-of-request.ts';
import { createRequestCheck } from './transport/request-check.ts';
import { routesOf } from './transport/routes.ts';
import type { WechatSigner } from './transport/wechat-signature.ts';

export interface AppParts extends ControlParts, ApplyFundFlowParts, ApplyRefundParts {
  readonly signer: WechatSigner;
  readonly queryIds: QueryIds;
  readonly delays: Delays;
  readonly subjectOf: SubjectOf;
  readonly calls: CallLog;
  readonly logger: Logger;
}

/** @param page what people look at, which no maintenance closes */
export function createApp(parts: AppParts, page: RequestHandler): Express {
  const { signer, logger, service, keys, downloads } = parts;
  const sender = createSender(logger);
  const answer = createAnswerer(signer, sender);
  const check = createRequestCheck(service.mchid, keys);
  const endpoint = createEndpoint({ ...parts, check, sender });

  const routes = {
    '/v3/payscore/permissions': {
      POST: endpoint('prepare', preparePermissionHandler(parts)),
    },
    '/v3/payscore/permissions/openid/:openid': {
      GET: endpoint('permission', queryPermissionHandler(parts)),
    },
    '/v3/payscore/permissions/openid/:openid/terminate': {
      POST: endpoint('terminate', terminateByOpenidHandler(parts)),
    },
    '/v3/payscore/permissions/authorization-code/:authorization_code': {
      GET: endpoint('permission-by-code', queryByCodeHandler(parts)),
    },
    '/v3/payscore/permissions/authorization-code/:authorization_code/terminate': {
      POST: endpoint('terminate', terminateByCodeHandler(parts)),
    },
    '/v3/payscore/serviceorder': {
      GET: endpoint('query', queryOrderHandler(parts)),
      POST: endpoint('create', createOrderHandler(parts)),
    },
    '/v3/payscore/serviceorder/:out_order_no/cancel': {
      POST: endpoint('cancel', cancelOrderHandler(parts)),
    },
    '/v3/payscore/serviceorder/:out_order_no/modify': {
      POST: endpoint('modify', modifyOrderHandler(parts)),
    },
    '/v3/payscore/serviceorder/:out_order_no/complete': {
      POST: endpoint('complete', completeOrderHandler(parts)),
    },
    '/v3/refund/domestic/refunds': {
      POST: endpoint('refund', withRefundRate(applyRefundHandler(parts), parts.rateLimit.limits)),
    },
    '/v3/refund/domestic/refunds/:out_refund_no': {
      GET: endpoint('query-refund', queryRefundHandler(parts)),
    },
    '/v3/bill/tradebill': { GET: endpoint('bill', applyBillHandler(parts)) },
    '/v3/bill/fundflowbill': { GET: endpoint('fund-flow-bill', applyFundFlowHandler(parts)) },
    '/v3/billdownload/file': { GET: endpoint('bill-file', downloadBillHandler(downloads)) },
    '/v3/certificates': { GET: endpoint('certificates', certificatesHandler(keys)) },
    '/v3/security/echo': { POST: endpoint('echo', echoHandler(parts)) },
    '/v3/payscore/serviceorder/:out_order_no/sync': {
      POST: endpoint('sync', syncOrderHandler(parts)),
    },
    '/v3/payscore/serviceorder/:out_order_no/pay': {
      POST: endpoint('pay', payOrderHandler(parts)),
    },
  };

  const app = express().disable('x-powered-by').disable('etag');
  app.use('/_control', controlRouter(parts));
  app.use(page);
  app.use(duringMaintenance(parts.maintenance, answer));
  app.use(routesOf(routes, answer, logger));
  return app;
}
