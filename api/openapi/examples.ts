/** Examples of the document, made by what makes the answers. */
import type { z } from 'zod';
import { presentedRefund } from '../../answers/refund.ts';
import type { ListedOrder } from '../../answers/service-order-list.ts';
import { presented } from '../../answers/service-order.ts';
import { wordsIn } from '../../words/catalogue.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';

const out_order_no = 'R20261128';
/** As the document is. */
const ENGLISH = wordsIn('en');

export const OPENING: z.input<typeof OpenServiceOrder> = {
  ...{ out_order_no, openid: 'oUser1', service_introduction: '充电宝租借' },
  risk_fund: { amount: 9_900 },
};

export const ORDER = presented(
  {
    ...{ out_order_no, phase: 'in_service' },
    ...{ mchid: '1900000001', appid: 'wxd678efh567hg6787', service_id: '500001' },
    ...{ order_id: '15646546545165651651', state: 'DOING', state_description: 'USER_CONFIRM' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_900 },
    time_range: { start_time: '20261128195800', end_time: undefined },
    operations: [],
    timeline: [
      { at: '2026-11-28T19:58:00+08:00', event: { code: 'opened', by: 'shop' } },
      {
        at: '2026-11-28T19:58:01+08:00',
        event: { code: 'permission', authorization_state: 'AVAILABLE' },
      },
    ],
  },
  ENGLISH,
);

export const LISTED: ListedOrder = {
  ...{ out_order_no, phase: 'paid', opened_at: '2026-11-28T19:58:00+08:00' },
  ...{ closed_at: '2026-11-28T21:00:04+08:00', paid_at: '2026-11-28T21:00:02+08:00' },
  ...{ paid_amount: 500, transaction_id: '4200002026112800000001' },
};

export const REFUND = presentedRefund(
  {
    ...{ out_refund_no: 'B20261128', amount: 200, reason: '多收退还', state: 'processing' },
    ...{ digest: '', receivedAt: '2026-11-28T13:05:00.000Z', by: 'till' },
    refund_id: '50000000382026112800000001',
  },
  ENGLISH,
);
