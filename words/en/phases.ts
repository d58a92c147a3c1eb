/** Where an order stands and what there is to do, for whoever has to look at it at night. */
import { EXAMPLES } from '../../payscore/order/message-shape.ts';
import type { Phase } from '../../payscore/rules/phase.ts';

export interface PhaseWords {
  readonly stands: string;
  readonly toDo: string;
}

const COMPLETE = `\`complete\`: \`${EXAMPLES.complete}\` (fen)`;
const CANCEL = `\`cancel\`: \`${EXAMPLES.cancel}\``;
const ANEW = 'Nothing here. A new attempt needs a new `out_order_no`.';
const COMES_BACK =
  'Nothing. Should WeChat Pay charge the user all the same, the order opens again by itself, in trouble `refund_due`.';

export const phases = {
  each: {
    authorizing: {
      stands:
        'The user has not authorised the service in WeChat yet. WeChat Pay has no order, and nothing is charged.',
      toDo: `Nothing: only the user can. To look now, send the update \`refresh\`; it also renews an old invitation. To give the order up, send ${CANCEL}`,
    },
    creating: {
      stands: 'Whether WeChat Pay has the order is not known yet.',
      toDo:
        'Nothing for a few minutes: it ends by itself, in service or given up. If it goes on for longer, see _Pending ' +
        'Activities_, or the last failed one in the _Timeline_: its failure says what WeChat Pay, or the network, answered.',
    },
    in_service: {
      stands: 'The service is running. Nothing has been charged.',
      toDo: `Nothing, as long as the user has it. Business code ends it; by hand, send the update ${COMPLETE}. If it was never used, send ${CANCEL}`,
    },
    paying: {
      stands:
        'The service has ended and WeChat Pay is charging the user. It tries without end, for weeks if it must.',
      toDo: [
        'Nothing: the payment shows by itself. To look now, send the update `refresh`. Otherwise, only if it was decided so:',
        `- a lower amount, \`modify\`: \`${EXAMPLES.modify}\` (fen)`,
        `- no payment at all, ${CANCEL}`,
        `- the user paid in another way, \`sync\`: \`${EXAMPLES.sync}\``,
      ].join('\n'),
    },
    paid: {
      stands: 'WeChat Pay has charged the user.',
      toDo: 'Nothing. Money goes back to the user by `POST …/refunds`, or by a refund in the merchant platform, by `transaction_id`.',
    },
    paid_elsewhere: {
      stands: 'The user paid the merchant directly, and WeChat Pay has stopped charging.',
      toDo: COMES_BACK,
    },
    free: { stands: 'The service ended with nothing to pay.', toDo: COMES_BACK },
    cancelled: { stands: 'The order was cancelled. The user owes nothing.', toDo: COMES_BACK },
    rejected: { stands: 'WeChat Pay has no such order: it was not created.', toDo: ANEW },
    unauthorized: {
      stands: 'WeChat Pay has no such order: the user has not authorised the service.',
      toDo: `${ANEW} The user must authorise the service first.`,
    },
  } satisfies Record<Phase, PhaseWords>,
  openAgain:
    'Once that is mended, have business code open it again: the same request, under the same `out_order_no`, begins anew.',
  unwanted: 'The order is not wanted any more: whatever WeChat Pay has of it is being cancelled.',
  takenUp: 'WeChat Pay is being asked for the order.',
  lastHeard: 'The service was running when WeChat Pay last said how the order stands.',
  underWay: (operation: string) =>
    `Nothing: \`${operation}\` is under way, and whatever is asked for now waits for its turn.`,
};
