/** What the document says of WeChat Pay's callbacks. */
import { z } from 'zod';
import type { Documented } from '../openapi/route.ts';
import { CallbackFailure } from '../../answers/notification.ts';

const failure = (description: string) => ({ description, schema: CallbackFailure });

export const NOTIFICATION_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'post', path: '/wechatpay/notifications', operationId: 'takeNotification' },
    ...{ tag: 'Callbacks', summary: 'WeChat Pay’s callbacks (支付分通知, 退款结果通知).' },
    description: 'For WeChat Pay alone: nothing is believed before its signature is verified.',
    body: {
      schema: z.looseObject({
        id: z.string().meta({ description: 'Of the notification.' }),
        event_type: z.string().meta({ description: 'Such as `PAYSCORE.USER_PAID`.' }),
        resource: z.looseObject({}).meta({ description: 'Encrypted with the APIv3 key.' }),
      }),
      example: { id: 'EV-2026', event_type: 'PAYSCORE.USER_PAID', resource: {} },
    },
    answers: {
      204: { description: 'Taken: Temporal keeps it.' },
      401: failure('WeChat Pay is not proven to have sent it.'),
      413: failure('Longer than any of its messages.'),
      500: failure(
        'Verified, and cannot be opened, or is of no order here; WeChat Pay repeats it.',
      ),
      503: failure('Temporal does not answer; WeChat Pay repeats it.'),
    },
  },
];
