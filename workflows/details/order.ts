/** The order as the web UI's current details show it: where it stands, what WeChat said, what an operator can do. */
import { buttonsOf } from './buttons.ts';
import { waitsOf } from './pending.ts';
import { phaseWordsOf } from './phase.ts';
import { troubleWordsOf } from './trouble.ts';
import { plain, term } from './markdown.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Order } from '../../payscore/order/order.ts';
import { chargedOf } from '../../payscore/rules/charges.ts';
import { nameOf } from '../../payscore/order/name.ts';
import { TROUBLES } from '../../payscore/rules/trouble.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import type { Words } from '../../words/en.ts';

/** Within a paragraph. */
const BREAK = '\\\n';

/** No openid, and not the token with which the user's page of authorization opens. */
export function detailsOf(order: Order, words: Words): string {
  const { opening, phase, timeline } = order;
  const say = words.order;
  const troubles = TROUBLES.filter((trouble) => order.troubles.includes(trouble));
  const { stands, toDo } = phaseWordsOf(order, words);
  return [
    // A run that is continued as a new one loses its static summary.
    plain(nameOf(opening, words.summaries.adopted)),
    `### ${[say.phase(phase), ...troubles.map(say.trouble)].join(' · ')}`,
    stands,
    ...troubles.map((trouble) => troubleOf(order, trouble, words)),
    ...accountOf(order, words),
    ...refusalOf(order, words),
    ...listOf(say.waitsFor, waitsOf(order, words)),
    `**${troubles.length > 0 ? say.toDoOtherwise : say.toDoNow}** ${toDo}`,
    ...(hasEnded(order) ? [] : [say.updates]),
    ...listOf(say.doNotPress, buttonsOf(order, words)),
    ...listOf(
      say.happened,
      timeline.map(({ at, event }) => `${at} ${plain(words.happening(event))}`).toReversed(),
    ),
  ].join('\n\n');
}

function troubleOf(order: Order, trouble: Order['troubles'][number], words: Words): string {
  const { means, toDo } = troubleWordsOf(order, trouble, words);
  return `**${words.order.named(trouble)}** ${means}${BREAK}**${words.order.toDoNow}** ${toDo}`;
}

function accountOf({ phase, serviceOrder }: Order, { order: say, yuan }: Words): string[] {
  if (!serviceOrder) return [];
  const { state, state_description, collection, total_amount, order_id } = serviceOrder;
  const standing = [state, state_description, collection?.state].filter((it) => it !== undefined);
  const { transaction_id, amount, paidAt } = chargedOf(serviceOrder);
  const facts = [
    term(standing.join(' / ')),
    // Before the service has ended it is nothing but a default.
    ...(total_amount === undefined || phase === 'in_service'
      ? []
      : [`total_amount ${yuan(total_amount)}`]),
    ...(amount > 0 ? [say.charged(yuan(amount))] : []),
    ...(paidAt ? [say.paidAt(rfc3339Of(paidAt))] : []),
    ...(transaction_id === undefined ? [] : [`transaction_id ${term(transaction_id)}`]),
    ...(order_id === undefined ? [] : [`order_id ${term(order_id)}`]),
  ];
  return [say.wechatSays(facts)];
}

function refusalOf({ lastRefusal }: Order, { advice, order: say }: Words): string[] {
  if (!lastRefusal) return [];
  const { operation, status, code, message, request_id, reason } = lastRefusal;
  const { cause, action } = advice[reason];
  const refused = operation === 'query' ? undefined : term(operation);
  const id = request_id === '' ? undefined : term(request_id);
  const lines = [
    say.lastRefused(refused, `${status} ${term(code)}`, plain(message), id),
    say.why(plain(cause)),
    say.helps(plain(action)),
  ];
  return [lines.join(BREAK)];
}

function listOf(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.map((it) => `- ${it}`).join('\n')}`];
}
