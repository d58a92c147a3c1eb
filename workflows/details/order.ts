/** The order as the web UI's current details show it: where it stands, what WeChat said, what an operator can do. */
import { buttonsOf } from './buttons.ts';
import { waitsOf } from './pending.ts';
import { phaseWordsOf } from './phase.ts';
import { troubleWordsOf } from './trouble.ts';
import { plain, term } from './markdown.ts';
import { adviceOn } from '../../payscore/refusals/advice.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { Order } from '../../payscore/order/order.ts';
import { chargedOf } from '../../payscore/rules/charges.ts';
import { summaryOf } from '../../payscore/order/summary.ts';
import { happeningWordsOf } from '../../payscore/words/timeline.ts';
import { TROUBLES } from '../../payscore/rules/trouble.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';

/** Within a paragraph. */
const BREAK = '\\\n';

/** No openid, and not the token with which the user's page of authorization opens. */
export function detailsOf(order: Order): string {
  const { opening, phase, timeline } = order;
  const troubles = TROUBLES.filter((trouble) => order.troubles.includes(trouble));
  const { stands, toDo } = phaseWordsOf(order);
  return [
    // A run that is continued as a new one loses its static summary.
    plain(summaryOf(opening)),
    `### ${[phase, ...troubles].join(' · ')}`,
    stands,
    ...troubles.map((trouble) => troubleOf(order, trouble)),
    ...accountOf(order),
    ...refusalOf(order),
    ...listOf('What it waits for', waitsOf(order)),
    `**What to do${troubles.length > 0 ? ' otherwise' : ' now'}:** ${toDo}`,
    ...(hasEnded(order) ? [] : ['Updates are sent by _More Actions → Send an Update_.']),
    ...listOf('Do not press', buttonsOf(order)),
    ...listOf(
      'What happened, latest first',
      timeline.map(({ at, event }) => `${at} ${plain(happeningWordsOf(event))}`).toReversed(),
    ),
  ].join('\n\n');
}

function troubleOf(order: Order, trouble: Order['troubles'][number]): string {
  const { means, toDo } = troubleWordsOf(order, trouble);
  return `**${trouble}:** ${means}${BREAK}**What to do now:** ${toDo}`;
}

function accountOf({ phase, serviceOrder }: Order): string[] {
  if (!serviceOrder) return [];
  const { state, state_description, collection, total_amount, order_id } = serviceOrder;
  const words = [state, state_description, collection?.state].filter((word) => word !== undefined);
  const { transaction_id, amount, paidAt } = chargedOf(serviceOrder);
  const facts = [
    term(words.join(' / ')),
    // Before the service has ended it is nothing but a default.
    ...(total_amount === undefined || phase === 'in_service'
      ? []
      : [`total_amount ${yuanOf(total_amount)}`]),
    ...(amount > 0 ? [`charged ${yuanOf(amount)}`] : []),
    ...(paidAt ? [`paid ${rfc3339Of(paidAt)}`] : []),
    ...(transaction_id === undefined ? [] : [`transaction_id ${term(transaction_id)}`]),
    ...(order_id === undefined ? [] : [`order_id ${term(order_id)}`]),
  ];
  return [`**WeChat Pay says** ${facts.join(', ')}`];
}

function refusalOf({ lastRefusal }: Order): string[] {
  if (!lastRefusal) return [];
  const { operation, status, code, message, request_id, reason } = lastRefusal;
  const { cause, action } = adviceOn(reason);
  const id = request_id === '' ? '' : `, Request-ID ${term(request_id)}`;
  return [
    `**WeChat Pay last refused** ${operation === 'query' ? 'our call' : term(operation)}: ${status} ${term(code)} “${plain(message)}”${id}${BREAK}Why: ${plain(cause)}${BREAK}What helps: ${plain(action)}`,
  ];
}

function listOf(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.map((it) => `- ${it}`).join('\n')}`];
}
