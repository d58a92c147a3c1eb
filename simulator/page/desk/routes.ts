/** The desk: which page is where, and which button does what. */
import { Router } from 'express';
import { languageOf } from '../language.ts';
import type { Served } from '../served.ts';
import type { Sources } from '../sources.ts';
import { createDeskActs } from './acts.ts';
import { apiAnswerView } from './api-answer.ts';
import { billView } from './bill.ts';
import { deskView } from './desk.ts';

export function deskRoutes(sources: Sources, { show, act }: Served): Router {
  const acts = createDeskActs(sources);

  return Router()
    .get(
      '/',
      show((req) => deskView(sources, languageOf(req))),
    )
    .get(
      '/bill',
      show((req) => billView(sources, languageOf(req), String(req.query['day']))),
    )
    .get('/orders/:number/api', async (req, res, next) => {
      const view = await apiAnswerView(sources, languageOf(req), req.params.number);
      return show(() => view)(req, res, next);
    })
    .post('/clock', act(acts.setClock))
    .post('/faults', act(acts.plan))
    .post('/notification-faults', act(acts.planForNotification))
    .post('/faults/call-off', act(acts.callOff))
    .post('/lose-next', act(acts.loseNext))
    .post('/hold', act(acts.hold))
    .post('/release', act(acts.release))
    .post('/resend', act(acts.resend))
    .post('/charge', act(acts.charge))
    .post('/fail', act(acts.failToCharge))
    .post('/pay-back', act(acts.payBack));
}
