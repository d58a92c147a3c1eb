/** The desk: everything at once, live, and what its people press. */
import { Router, type Request } from 'express';
import { createPaying } from '../../control/paying.ts';
import { whyOf } from '../../merchant/api.ts';
import { linksOf } from '../../merchant/links.ts';
import { PlannedNotificationFault } from '../../notifications/faults.ts';
import { PlannedFault } from '../../transport/faults.ts';
import type { Outcome } from '../asking.ts';
import { html } from '../html.ts';
import { languageOf } from '../language.ts';
import { PageError } from '../page-error.ts';
import { fieldOf, type Served } from '../served.ts';
import type { Sources } from '../sources.ts';
import { WORDS } from '../words/catalogue.ts';
import { billView } from './bill.ts';
import { deskView } from './desk.ts';
import { toldOf } from './notifications.ts';

export function deskRoutes(sources: Sources, { show, act }: Served): Router {
  const { clock, outbox, faults, notificationFaults, merchant, keys } = sources;
  const paying = createPaying(sources);
  const wordsOf = (req: Request) => WORDS[languageOf(req)];
  const numberOf = ({ body }: Request) => fieldOf(body, 'out_order_no') ?? '';

  function plan(req: Request): Outcome {
    const fault = PlannedFault.parse({
      fault: fieldOf(req.body, 'fault'),
      call: fieldOf(req.body, 'call'),
      out_order_no: fieldOf(req.body, 'out_order_no'),
      refusal: fieldOf(req.body, 'fault') === 'refused' ? fieldOf(req.body, 'refusal') : undefined,
    });
    faults.planned.add(fault);
    return { said: wordsOf(req).willStrike(fault.fault) };
  }

  function planForNotification(req: Request): Outcome {
    const fault = PlannedNotificationFault.parse({
      fault: fieldOf(req.body, 'fault'),
      out_order_no: fieldOf(req.body, 'out_order_no'),
      fields: ['collection', 'state'],
      serial: keys.credentials().merchant.platform_serial_no,
    });
    notificationFaults.planned.add(fault);
    return { said: wordsOf(req).willStrike(fault.fault) };
  }

  async function resend(req: Request): Promise<Outcome> {
    const words = wordsOf(req);
    const sent = await outbox.resend(fieldOf(req.body, 'id') ?? '');
    const attempt = sent?.attempts.at(-1);
    if (attempt === undefined) throw new PageError(404, words.notHere);
    return { said: words.resent(toldOf(attempt)) };
  }

  async function payBack(req: Request): Promise<Outcome> {
    const words = wordsOf(req);
    if (merchant === undefined) throw new PageError(409, words.noMerchant);
    const answer = await merchant.shop.payBack(numberOf(req));
    if (answer.status === 0 || answer.status >= 400) throw new PageError(409, whyOf(answer));
    return { said: words.done };
  }

  function setClock(req: Request): Outcome {
    const seconds = Number(fieldOf(req.body, 'by') ?? 0);
    clock.set({ now: seconds > 0 ? new Date(clock.now() + seconds * 1000) : new Date() });
    return { said: wordsOf(req).clockMoved };
  }

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
      const words = wordsOf(req);
      if (merchant === undefined) throw new PageError(404, words.noMerchant);
      const { body } = await merchant.shop.read(req.params.number);
      const { api } = linksOf(merchant.setting, sources.service.mchid, req.params.number);
      const content = html`<h1>${words.apiAnswer}</h1>
        <p><a href="/desk">${words.toDesk}</a></p>
        <p>${words.asOfApi(api)}</p>
        <pre tabindex="0">${JSON.stringify(body, undefined, 2)}</pre>`;
      const language = languageOf(req);
      const parts = [{ id: 'answer', html: content }];
      show(() => ({ title: words.apiAnswer, room: 'desk', language, parts }))(req, res, next);
    })
    .post('/clock', act(setClock))
    .post('/faults', act(plan))
    .post('/notification-faults', act(planForNotification))
    .post(
      '/faults/call-off',
      act((req) => {
        faults.planned.clear();
        notificationFaults.planned.clear();
        return { said: wordsOf(req).calledOff };
      }),
    )
    .post(
      '/lose-next',
      act((req) => {
        const out_order_no = fieldOf(req.body, 'out_order_no');
        notificationFaults.planned.add(
          PlannedNotificationFault.parse({ fault: 'lost', out_order_no }),
        );
        return { said: wordsOf(req).willLose };
      }),
    )
    .post(
      '/hold',
      act((req) => {
        outbox.hold();
        return { said: wordsOf(req).held };
      }),
    )
    .post(
      '/release',
      act((req) => {
        outbox.release();
        return { said: wordsOf(req).released };
      }),
    )
    .post('/resend', act(resend))
    .post('/pay-back', act(payBack))
    .post(
      '/charge',
      act((req) => {
        paying.pay(numberOf(req), 'AUTH', { coupon: false, paid_type: 'NEWTON' });
        return { said: wordsOf(req).charged };
      }),
    )
    .post(
      '/fail',
      act((req) => {
        paying.failToPay(numberOf(req));
        return { said: wordsOf(req).chargeFailed };
      }),
    );
}
