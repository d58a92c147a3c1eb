/** What is pressed on the desk: faults, notifications, the clock, and what WeChat Pay or the merchant does about an order. */
import type { Request } from 'express';
import * as z from 'zod';
import { advance } from '../../control/clock.ts';
import { createPaying } from '../../control/paying.ts';
import { isTaken, isUnderWay, whyOf } from '../../merchant/api.ts';
import { PlannedNotificationFault } from '../../notifications/faults.ts';
import { PlannedFault } from '../../transport/faults.ts';
import type { Act } from '../asking.ts';
import { languageOf, TAGS } from '../language.ts';
import { PageError } from '../page-error.ts';
import { fieldOf } from '../served.ts';
import type { Sources } from '../sources.ts';
import { WORDS } from '../sentences/catalogue.ts';
import { toldOf } from './notifications.ts';

/** At most a year at once. */
const Forward = z.object({
  by: z.coerce
    .number()
    .int()
    .min(1)
    .max(366 * 86_400)
    .optional(),
});

export function createDeskActs(sources: Sources) {
  const { clock, outbox, faults, notificationFaults, merchant, keys, changes } = sources;
  const paying = createPaying(sources);
  const wordsOf = (req: Request) => WORDS[languageOf(req)];
  const said = ({ body }: Request, name: string) => fieldOf(body, name);
  const numberIn = (req: Request) => said(req, 'out_order_no') ?? '';

  return {
    plan(req) {
      const [fault, out_order_no] = [said(req, 'fault'), said(req, 'out_order_no')];
      const refusal = fault === 'refused' ? said(req, 'refusal') : undefined;
      const planned = PlannedFault.parse({ fault, call: said(req, 'call'), out_order_no, refusal });
      faults.planned.add(planned);
      return { said: wordsOf(req).willStrike(planned.fault) };
    },
    planForNotification(req) {
      const planned = PlannedNotificationFault.parse({
        fault: said(req, 'fault'),
        out_order_no: said(req, 'out_order_no'),
        fields: ['collection', 'state'],
        serial: keys.credentials().merchant.platform_serial_no,
      });
      notificationFaults.planned.add(planned);
      return { said: wordsOf(req).willStrike(planned.fault) };
    },
    loseNext(req) {
      const lost = { fault: 'lost', out_order_no: said(req, 'out_order_no') };
      notificationFaults.planned.add(PlannedNotificationFault.parse(lost));
      return { said: wordsOf(req).willLose };
    },
    callOff(req) {
      faults.planned.clear();
      notificationFaults.planned.clear();
      return { said: wordsOf(req).calledOff };
    },
    hold(req) {
      outbox.hold();
      return { said: wordsOf(req).held };
    },
    release(req) {
      outbox.release();
      return { said: wordsOf(req).released };
    },
    async resend(req) {
      const sent = await outbox.resend(said(req, 'id') ?? '');
      const attempt = sent?.attempts.at(-1);
      if (attempt === undefined) throw new PageError(404, wordsOf(req).notHere);
      return { said: wordsOf(req).resent(toldOf(attempt)) };
    },
    setClock(req) {
      if (changes.holdsClock()) throw new PageError(409, wordsOf(req).clockHeld);
      const { by } = Forward.parse({ by: said(req, 'by') });
      if (by === undefined) clock.set({ now: new Date() });
      else advance(clock, by);
      return { said: wordsOf(req).clockMoved };
    },
    charge(req) {
      paying.pay(numberIn(req), 'AUTH', { coupon: false, paid_type: 'NEWTON' });
      return { said: wordsOf(req).charged };
    },
    failToCharge(req) {
      paying.failToPay(numberIn(req));
      return { said: wordsOf(req).chargeFailed };
    },
    async payBack(req) {
      const words = wordsOf(req);
      if (merchant === undefined) throw new PageError(409, words.noMerchant);
      const answer = await merchant.shopIn(TAGS[languageOf(req)]).payBack(numberIn(req));
      if (!isTaken(answer)) throw new PageError(409, whyOf(answer, words));
      return { said: isUnderWay(answer) ? words.underWay : words.done };
    },
  } satisfies Record<string, Act>;
}
