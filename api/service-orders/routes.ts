/** `/v1/service-orders`: opens, reads and changes orders. Bodies are WeChat's fields less what configuration gives. */
import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Admit } from '../admission/admission.ts';
import { callerOf } from '../http/authentication.ts';
import { NoBody, parseBody } from '../http/body.ts';
import { findService, serviceNamed } from '../http/named-service.ts';
import { adoptOrder } from './adopt.ts';
import { listOrders } from './list.ts';
import type { Cursors } from './list-cursor.ts';
import { listQuery } from './list-query.ts';
import { isOpened, openOrder, type OpenedOrder } from './open.ts';
import { enqueueRequest, operate, type Wanted } from './operate.ts';
import { readOrder } from './read.ts';
import { enqueueRefresh, refreshOrder, USER } from './refresh.ts';
import { presented } from '../../answers/service-order.ts';
import type { Temporal } from '../../temporal/client.ts';
import { digestOf } from '../../temporal/opening.ts';
import { wordsFor } from '../http/language.ts';
import { parseQuery } from '../http/query.ts';
import { noteReplayed, type Kept } from '../http/replayed.ts';
import { badHeader, faulty, Problem } from '../http/problems.ts';
import { outlastsStart } from '../../payscore/times/deadlines.ts';
import type { Requests } from '../../payscore/order/operation.ts';
import { ASKED_OPERATIONS, type AskedOperation } from '../../payscore/order/operation-name.ts';
import type { Services } from '../../payscore/order/opening.ts';
import { startTimeFault } from '../../payscore/times/start-time.ts';
import { isNeverOpened } from '../../payscore/rules/ended.ts';
import type { Sentence } from '../../words/sentence.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import { AdoptServiceOrder } from '../../schemas/adopt-service-order.ts';
import { CancelServiceOrder } from '../../schemas/cancel-service-order.ts';
import { CompleteServiceOrder } from '../../schemas/complete-service-order.ts';
import { ModifyServiceOrder } from '../../schemas/modify-service-order.ts';
import { OpenNamedServiceOrder } from '../../schemas/open-service-order.ts';
import { SyncServiceOrder } from '../../schemas/sync-service-order.ts';
import { IdempotencyKey, OutOrderNo } from '../../schemas/text.ts';

const BODIES: { readonly [Name in AskedOperation]: z.ZodType<Requests[Name]> } = {
  complete: CompleteServiceOrder,
  modify: ModifyServiceOrder,
  cancel: CancelServiceOrder,
  sync: SyncServiceOrder,
};

export interface ServiceOrderOptions {
  readonly services: Services;
  readonly admit: Admit;
  /** Our store was lost: every opening first asks WeChat whether it has the order. */
  readonly openingsMayExist?: boolean | undefined;
  readonly cursors: Cursors;
}

export function serviceOrderRoutes(
  temporal: Temporal,
  { services, admit, openingsMayExist: mayExist = false, cursors }: ServiceOrderOptions,
): Router {
  const router = Router();
  const ListQuery = listQuery(cursors);

  router.post('/service-orders', async (request, response) => {
    const { appid, service_id, ...body } = parseBody(OpenNamedServiceOrder, request.body);
    const by = callerOf(response);
    const service = findService(services, { appid, service_id });
    const wanted = { service, request: body, digest: digestOf(request.body), by, mayExist };
    const now = new Date();
    const fault = startTimeFault(body.time_range, now);
    // A repeated request is as good as its first time, though its start has come meanwhile, or its service has gone.
    if (!service && !(await isOpened(temporal, wanted))) {
      serviceNamed(services, { appid, service_id });
    }
    if (fault && !(await isOpened(temporal, wanted))) {
      const { field, rule } = fault;
      throw faulty(`/time_range/${field}`, ({ problems }) => problems.orders.startTime[rule]);
    }
    if (outlastsStart(body, now) && !(await isOpened(temporal, wanted))) {
      const rule: Sentence = ({ problems }) => problems.orders.deadlineOutlasts;
      throw faulty('/deadlines/authorization_seconds', rule);
    }
    const opened = await admit('opening', () => openOrder(temporal, wanted));
    response.location(`/v1/service-orders/${body.out_order_no}`);
    answerOpened(response, opened);
  });

  router.get('/service-orders', async (request, response) => {
    response.json(await listOrders(temporal, parseQuery(ListQuery, request.query), cursors));
  });

  router.get('/service-orders/:out_order_no', async (request, response) => {
    const out_order_no = numberOf(request);
    const order = await admit('read', () => readOrder(temporal, out_order_no));
    response.json(presented(order, wordsFor(response)));
  });

  for (const operation of ASKED_OPERATIONS) {
    router.post(`/service-orders/:out_order_no/${operation}`, async (request, response) => {
      const wanted: Wanted<AskedOperation> = {
        operation,
        out_order_no: numberOf(request),
        body: parseBody<Requests[AskedOperation]>(BODIES[operation], request.body),
        digest: digestOf(request.body),
        by: callerOf(response),
        ...keyOf(request),
      };
      checkPaidTime(wanted);
      await answer(request, response, {
        enqueue: () => enqueueRequest(temporal, wanted),
        wait: () => admit('change', () => operate(temporal, wanted)),
      });
    });
  }

  router.post('/service-orders/:out_order_no/refresh', async (request, response) => {
    const out_order_no = numberOf(request);
    parseBody(NoBody, request.body);
    await answer(request, response, {
      enqueue: () => enqueueRefresh(temporal, out_order_no),
      wait: async () => ({
        outcome: await admit('change', () => refreshOrder(temporal, out_order_no, USER)),
        isReplayed: false,
      }),
    });
  });

  router.post('/service-orders/:out_order_no/adopt', async (request, response) => {
    const out_order_no = numberOf(request);
    const named = parseBody(AdoptServiceOrder, request.body) ?? {};
    const wanted = { out_order_no, services, named };
    const order = await admit('change', () => adoptOrder(temporal, wanted));
    answerWith(response, out_order_no, order);
  });

  return router;
}

interface Ways {
  enqueue(): Promise<void>;
  wait(): Promise<Kept<OrderView | undefined>>;
}

/** 200 with the order, 202 when it was taken and its outcome is not known, or not waited for. */
async function answer(
  request: Request,
  response: Response,
  { enqueue, wait }: Ways,
): Promise<void> {
  const out_order_no = numberOf(request);
  if (prefersNoAnswer(request)) {
    await enqueue();
    return answerWith(response, out_order_no, undefined);
  }
  const { outcome, isReplayed } = await wait();
  if (isReplayed) noteReplayed(response);
  answerWith(response, out_order_no, outcome);
}

function answerWith(response: Response, out_order_no: string, order: OrderView | undefined): void {
  response.status(order ? 200 : 202).location(`/v1/service-orders/${out_order_no}`);
  response.json(order ? presented(order, wordsFor(response)) : { out_order_no });
}

/** 201 created, 200 repeated, 202 taken but not known yet, 422 when it ended without having existed, 409 when another did. */
function answerOpened(response: Response, { order, isRepeated }: OpenedOrder): void {
  const words = wordsFor(response);
  const isKnown = 'timeline' in order;
  if (isRepeated && !(isKnown && isNeverOpened(order))) noteReplayed(response);
  if (!isKnown) {
    response.status(202).json(order);
    return;
  }
  switch (order.phase) {
    case 'rejected': {
      const { last_refusal } = order;
      const kind = last_refusal?.operation === 'create' ? 'refused-by-wechat-pay' : 'not-created';
      throw new Problem(order.is_number_taken ? 'number-taken' : kind, {
        detail: whyNotCreated(order),
        ...(last_refusal && { refusal: last_refusal }),
      });
    }
    case 'unauthorized':
      throw new Problem('unauthorized', {
        detail: whyNotCreated(order),
      });
    case 'authorizing':
    case 'creating':
      if (isNeverOpened(order)) throw neverOpened(order);
      response.status(202).json(presented(order, words));
      return;
    case 'in_service':
    case 'paying':
    case 'paid':
    case 'paid_elsewhere':
    case 'free':
    case 'cancelled':
      response.status(isRepeated ? 200 : 201).json(presented(order, words));
  }
}

function whyNotCreated({ explanation }: OrderView): Sentence {
  return ({ fact, problems }) => (explanation ? fact(explanation) : problems.orders.notCreated);
}

/** The same request begins anew. */
function neverOpened(order: OrderView): Problem {
  const { last_refusal } = order;
  const detail = whyNotCreated(order);
  return new Problem('unavailable', { detail, ...(last_refusal && { refusal: last_refusal }) });
}

/** WeChat takes no payment that is still to come. */
function checkPaidTime({ operation, body }: Wanted<AskedOperation>): void {
  if (operation !== 'sync' || !('paid_time' in body)) return;
  if (Date.parse(body.paid_time) > Date.now()) {
    throw faulty('/paid_time', ({ problems }) => problems.orders.paidInFuture);
  }
}

/** @throws {Problem} `invalid-request` */
export function numberOf(request: Request): string {
  const result = OutOrderNo.safeParse(request.params['out_order_no']);
  if (result.success) return result.data;
  const broken = ruleBrokenIn(result.error);
  throw new Problem('invalid-request', {
    detail: (words) => words.problems.request.inPath('out_order_no', broken(words)),
  });
}

/** A request without a key is its own. */
function keyOf(request: Request): Pick<Wanted<AskedOperation>, 'key' | 'isKeyed'> {
  const given = request.get('idempotency-key');
  if (given === undefined) return { key: randomUUID(), isKeyed: false };
  const result = IdempotencyKey.safeParse(given);
  if (result.success) return { key: result.data, isKeyed: true };
  throw badHeader('Idempotency-Key', ruleBrokenIn(result.error));
}

function ruleBrokenIn({ issues: [first] }: z.ZodError): Sentence {
  return ({ rule, problems }) => (first ? rule(first.message) : problems.request.isNotOne);
}

/** RFC 7240. */
function prefersNoAnswer(request: Request): boolean {
  return /(^|,)\s*respond-async\s*($|[,;])/i.test(request.get('prefer') ?? '');
}
