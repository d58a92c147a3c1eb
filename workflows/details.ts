/** The order as the web UI's current details show it: where it stands, what WeChat said, what an operator can do. */
import { EXAMPLES } from '../payscore/message-shape.ts';
import type { Order } from '../payscore/order.ts';
import type { Phase } from '../payscore/phase.ts';
import { settlementOf } from '../payscore/settlement.ts';
import { gravest } from '../payscore/trouble.ts';

const MEANING: Readonly<Record<Phase, string>> = {
  authorizing: 'The user has not authorised the service yet.',
  creating: 'Whether WeChat Pay has the order is not known yet.',
  in_service: 'The service is running. Nothing has been charged.',
  paying: 'The service has ended and WeChat Pay is charging. It tries without end.',
  paid: 'WeChat Pay has charged the user.',
  paid_elsewhere: 'The user paid the merchant directly.',
  free: 'The service ended with nothing to pay.',
  cancelled: 'The order was cancelled. Nothing is owed.',
  rejected: 'The order does not exist at WeChat Pay.',
  unauthorized: 'The order does not exist at WeChat Pay: the user has not authorised the service.',
};

const NEXT: Readonly<Partial<Record<Phase, string>>> = {
  creating:
    'Look at the pending activity: its last failure says what WeChat Pay, or the network, answered.',
  in_service: `To end the service, send the update \`complete\`: \`${EXAMPLES.complete}\`, amounts in fen. "Request Cancellation" does not cancel an order.`,
  paying:
    'Nothing. The pending activity looks again by itself; the callback usually comes first. "Request Cancellation" does not cancel an order.',
  rejected: 'A new attempt needs a new `out_order_no`.',
  unauthorized:
    'Let the user authorise the service, then open a new order under a new `out_order_no`.',
};

export function detailsOf(order: Order): string {
  const { phase, serviceOrder, explanation, lastRefusal, timeline } = order;
  const trouble = gravest(order.troubles);
  const next = NEXT[phase];
  const lines = [
    `### ${phase}${trouble ? ` · trouble: ${trouble}` : ''}`,
    explanation ?? MEANING[phase],
    ...(serviceOrder ? [`**WeChat Pay says** ${wordsOf(serviceOrder)}`] : []),
    ...(lastRefusal
      ? [
          `**WeChat Pay refused** ${lastRefusal.operation}: ${lastRefusal.status} ${lastRefusal.code} ` +
            `“${lastRefusal.message}”, Request-ID \`${lastRefusal.request_id}\``,
        ]
      : []),
    ...(next === undefined ? [] : [`**What to do** ${next}`]),
    '**What happened**',
    timeline.map(({ at, event }) => `- ${at} ${event}`).join('\n'),
  ];
  return lines.join('\n\n');
}

function wordsOf(said: NonNullable<Order['serviceOrder']>): string {
  const { state, state_description, collection, total_amount, order_id } = said;
  const state_words = [state, state_description, collection?.state].filter(Boolean).join(' / ');
  const { transaction_id } = settlementOf(said);
  return [
    `\`${state_words}\``,
    ...(total_amount === undefined ? [] : [`${total_amount} fen`]),
    ...(order_id === undefined ? [] : [`order_id \`${order_id}\``]),
    ...(transaction_id === undefined ? [] : [`transaction_id \`${transaction_id}\``]),
  ].join(', ');
}
