/** Why an update is not done, where no rule of the order is the reason: for whoever sent it from the web UI. */
import { whyUnsent } from '../../payscore/refusals/refusal.ts';

export const updates = {
  refused: (code: string, message: string) => {
    const why = whyUnsent(message);
    return why === undefined ? `WeChat Pay refused: ${code} ${message}` : `it was not sent: ${why}`;
  },
  expired: 'the caller stopped waiting before a worker took the request',
  moved: 'it goes on in a new run; send the same again',
  crowded: (limit: number) => `${limit} callers wait for it already`,
  beingAsked: 'WeChat Pay is being asked already',
  refundNeeded: 'an out_refund_no and an amount in fen are needed',
  paymentUntold: 'WeChat Pay does not tell of the payment',
};
