/** The API, assembled but not listening. */
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Admit } from './admission/admission.ts';
import type { ApiKeys } from './http/api-keys.ts';
import { authenticateCaller } from './http/authentication.ts';
import { authorizationRoutes } from './authorizations/routes.ts';
import { codecRoutes, type CodecParts } from './codec/routes.ts';
import { boundBodies, MOST_BYTES } from './door/bodies.ts';
import { onlyFromHere } from './door/caller.ts';
import { closedFor } from './door/closed.ts';
import { readJson } from './door/json.ts';
import { eventRoutes } from './events/routes.ts';
import { detailLinkRoutes } from './service-orders/detail-link.ts';
import { healthRoutes } from './http/health.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { documentRoutes } from './openapi/routes.ts';
import { speakAsOperators } from './http/language.ts';
import { whyUnready } from './http/readiness.ts';
import { spanRequest } from './http/request-span.ts';
import { createCursors } from './service-orders/list-cursor.ts';
import type { Services } from '../payscore/order/opening.ts';
import type { Temporal } from '../temporal/client.ts';
import { answerErrors, noSuchRoute } from './http/problems.ts';
import { refundRoutes } from './refunds/routes.ts';
import { reconciliationRoutes } from './reconciliations/routes.ts';
import { serviceOrderRoutes } from './service-orders/routes.ts';
import type { Metrics } from '../process/metrics.ts';
import type { ReportStore } from '../reconciliation/report/store.ts';
import type { NotificationOpener } from '../wechatpay/notification.ts';

export interface ApiParts {
  readonly temporal: Temporal;
  /** That are served: the first is meant where a request names none. */
  readonly services: Services;
  readonly opener: NotificationOpener;
  /** Who is let in; undefined lets in every program of this machine. */
  readonly apiKeys: Pick<ApiKeys, 'find' | 'named'> | undefined;
  readonly codec: Pick<CodecParts, 'codec' | 'secret' | 'origins'>;
  /** Our store was lost: WeChat may have orders of which no run is known. */
  readonly openingsMayExist?: boolean | undefined;
  readonly admit: Admit;
  readonly reports: ReportStore;
  readonly metrics: Metrics;
  /** Somebody collects spans. */
  readonly isTraced?: boolean;
  readonly logger: Logger;
}

export function createApp(parts: ApiParts): Express {
  const { temporal, services, opener, apiKeys, openingsMayExist, admit, reports } = parts;
  const { metrics, logger, isTraced = false } = parts;
  const app = express();
  app.disable('x-powered-by');
  speakAsOperators(app, temporal.words);
  app.use(healthRoutes({ whyUnready: () => whyUnready(temporal, metrics) }), documentRoutes());
  const bodies = boundBodies(MOST_BYTES, closedFor('bodies', { metrics, logger }));
  // Before any parser: signatures are over the bytes as they came.
  app.use(notificationRoutes({ temporal, services, opener, metrics, logger, boundBodies: bodies }));
  app.use(
    '/codec',
    codecRoutes({
      ...parts.codec,
      namespace: temporal.client.options.namespace,
      apiKeys,
      boundBodies: bodies,
      logger,
    }),
  );
  app.use(
    '/v1',
    apiKeys ? authenticateCaller(apiKeys) : onlyFromHere,
    ...readJson(bodies),
    ...(isTraced ? [spanRequest] : []),
    serviceOrderRoutes(temporal, {
      services,
      admit,
      openingsMayExist,
      cursors: createCursors(opener.apiV3Keys.current),
    }),
    detailLinkRoutes(temporal, admit),
    refundRoutes(temporal, services, admit),
    authorizationRoutes(temporal, services, admit),
    reconciliationRoutes({ temporal, services, reports }),
    eventRoutes(temporal, admit),
  );
  app.use(noSuchRoute);
  app.use(answerErrors(logger));
  return app;
}
