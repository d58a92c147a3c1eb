/** What the web UI's own dialogs say about each message of an order. */
import { EXAMPLES } from '../../payscore/order/message-shape.ts';

const NOT_FOR_PEOPLE = 'Not for people';

export const messages = {
  opened: `${NOT_FOR_PEOPLE}: answers when it is known whether the order exists, or that the user must authorise`,
  complete: `The service has ended: completes the order with the real amount, in fen. ${EXAMPLES.complete}`,
  modify: `Lowers the amount while WeChat Pay is charging, in fen. ${EXAMPLES.modify}`,
  cancel: `Cancels the order, at any time until it is paid; WeChat shows the user the reason. ${EXAMPLES.cancel}`,
  sync: `The user paid the merchant directly: WeChat Pay stops charging. ${EXAMPLES.sync}`,
  refresh:
    'Asks WeChat Pay now how the order stands, or whether the user has authorised; changes nothing at WeChat Pay. No data',
  refreshRequested: 'The same as refresh. Nobody waits for the answer',
  storeRestored:
    'Temporal’s store was restored from a backup: WeChat Pay is asked how the order stands before anything is done. For all open orders, before a worker begins. No data',
  authorizationChanged: `${NOT_FOR_PEOPLE}: a verified notification about the user's authorization came`,
  orderPaid: `${NOT_FOR_PEOPLE}: what a verified USER_PAID notification says`,
  refunded: `${NOT_FOR_PEOPLE}: what the user has back, from the run of the refunds`,
  settle:
    'What the order owes was paid back otherwise, such as in cash: it owes nothing more. {"reason":"paid back in cash"}',
  order: 'The order as it stands',
  notAwaited: (description: string) => `${description}. Nobody waits for the answer`,
  refund: 'Pays part or all of a payment back to the user: {"out_refund_no", "amount" in fen}',
  refundTold: `${NOT_FOR_PEOPLE}: a notification of WeChat Pay about a refund, as it was signed`,
  refunds: 'The refunds',
  published: `${NOT_FOR_PEOPLE}: what has happened`,
  resendRequested: 'Tries what waits now, from the first on. Needs no input',
  events: 'What waits, and what was delivered last',
  report: 'The report, as far as it goes',
};
