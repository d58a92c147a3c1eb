/** What each trouble means and what to do about it, in words for whoever has to look at it at night. */
import { plain, term } from './markdown.ts';
import { wordsOf } from '../../payscore/words/fact.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { OperationRecord } from '../../payscore/order/operation.ts';
import { ASKED_OPERATIONS, type AskedOperation } from '../../payscore/order/operation-name.ts';
import type { Order } from '../../payscore/order/order.ts';
import type { RefundDue } from '../../payscore/order/refund-due.ts';
import { chargesOf } from '../../payscore/rules/charges.ts';
import { shortfallOf } from '../../payscore/rules/shortfall.ts';
import type { Trouble } from '../../payscore/rules/trouble.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';

interface TroubleWords {
  readonly means: (order: Order) => string;
  readonly toDo: (order: Order) => string;
  /** Where the order has ended and takes no messages any more. */
  readonly afterTheEnd: (order: Order) => string;
}

const WORDS: Readonly<Record<Trouble, TroubleWords>> = {
  refund_due: { means: whatIsOwed, toDo: refund, afterTheEnd: refund },
  undercollected: { means: whatIsMissing, toDo: askForRest, afterTheEnd: askForRest },
  misconfigured: {
    means: () =>
      'WeChat Pay does not accept our calls, and only a person can change that. Nothing is lost and nothing is done twice.',
    toDo: () =>
      'Mend what the refusal names, and restart the worker if a file or a variable has changed. What waits goes on by ' +
      'itself, within the hour; what was refused must be asked for again. The update `refresh` shows whether WeChat Pay ' +
      'accepts calls again. If other orders are in the same trouble, it is not about this order.',
    afterTheEnd: () =>
      'Mend what the refusal names, before other orders end so. Nothing can be done to this one.',
  },
  amount_raised: {
    means: ({ agreedTotal, serviceOrder }) =>
      `WeChat Pay charges ${yuanOf(serviceOrder?.total_amount ?? 0)}, though it had said yes to ${yuanOf(agreedTotal ?? 0)}: for 10 minutes it has told nothing else.`,
    toDo: () =>
      `Ask whoever lowered the amount, and lower it again, \`modify\`: \`${EXAMPLES.modify}\` (fen). Charged all the same, the difference is shown as \`refund_due\`.`,
    afterTheEnd: () => 'Compare with the order in the merchant platform.',
  },
  unresolved: {
    means: ({ unresolved }) =>
      unresolved === undefined
        ? 'For longer than 10 minutes it has not been known whether WeChat Pay did what was sent, or what it says of the order is not understood. It is asked again and again.'
        : `${plain(wordsOf(unresolved))} WeChat Pay is asked again and again.`,
    toDo: () =>
      'See _Pending Activities_, or the last failed one in the _Timeline_: its failure says what WeChat Pay, or the ' +
      'network, answers. If nothing answers at all, see whether the worker reaches WeChat Pay. Until the outcome is ' +
      'known, do not charge, refund or cancel in any other way.',
    afterTheEnd: () =>
      'Compare with the order in the merchant platform; nothing is pending here any more.',
  },
  operation_refused: {
    means: whatWasRefused,
    toDo: correct,
    afterTheEnd: () =>
      'Tell whoever asked that it was not done. The order has ended, so nothing can be sent to it.',
  },
  overdue: {
    means: ({ serviceOrder }) => {
      const end = serviceOrder?.time_range?.end_time;
      return end === undefined
        ? 'In service for more than 30 days, and nobody has said when it ends.'
        : `In service for longer than business code expected: until ${end} (Beijing).`;
    },
    toDo: () =>
      `Ask whether the user still has it. If not, send the update \`complete\` with what is owed: \`${EXAMPLES.complete}\` (fen); ` +
      `if it was never used, \`cancel\`: \`${EXAMPLES.cancel}\``,
    afterTheEnd: () => 'Nothing: the order has ended.',
  },
};

export function troubleWordsOf(order: Order, trouble: Trouble) {
  const { means, toDo, afterTheEnd } = WORDS[trouble];
  return { means: means(order), toDo: (hasEnded(order) ? afterTheEnd : toDo)(order) };
}

/** What the payment crossed; of the phases, those in which nothing was to be charged any more. */
const BECAUSE: Readonly<Partial<Record<RefundDue['because'], string>>> = {
  cancel: 'its cancellation had been asked for',
  modify: 'a lower amount had been asked for',
  complete: 'it was completed with a lower amount',
  sync: 'the user had paid the merchant directly',
  paid_elsewhere: 'the user had paid the merchant directly',
  free: 'there was nothing to pay',
  cancelled: 'it had been cancelled',
  rejected: 'it had been rejected here',
  unauthorized: 'the user had not authorised it in time',
};

function whatIsOwed({ refundDue }: Order): string {
  if (!refundDue) return 'Money is owed to the user.';
  const { amount, because } = refundDue;
  const although = BECAUSE[because] ?? `it was ${because}`;
  return `WeChat Pay charged the user although ${although}: ${yuanOf(amount)} must go back.`;
}

function whatIsMissing({ serviceOrder, agreedTotal }: Order): string {
  const missing = shortfallOf(serviceOrder ?? {}, agreedTotal);
  return `WeChat Pay says that the order is paid, and ${yuanOf(missing)} of what it was completed with were not collected.`;
}

function askForRest(): string {
  return 'Compare with the order in the merchant platform, and ask WeChat Pay’s support about the rest. WeChat Pay charges no more by itself.';
}

function refund(order: Order): string {
  const { amount, because } = order.refundDue ?? {};
  const what = amount === undefined ? 'what was charged' : `**${yuanOf(amount)}**`;
  const by = numbersToRefund(order);
  const or =
    because === 'sync' || because === 'paid_elsewhere'
      ? ' Or give back what the user paid directly: once, not both.'
      : '';
  return `Pay back ${what} by \`POST …/refund-due\`, or in the merchant platform (申请退款), by ${by}.${or} Paid back otherwise, say so by the update \`settle\`: \`{"reason":"…"}\`. Until then this run stays open.`;
}

function numbersToRefund({ refundDue, serviceOrder, out_order_no }: Order): string {
  const { transaction_id } = refundDue ?? {};
  if (transaction_id !== undefined) return `transaction_id ${term(transaction_id)}`;
  const charges = chargesOf(serviceOrder ?? {}).flatMap(({ transaction_id: number, amount = 0 }) =>
    number === undefined ? [] : [`${term(number)} (${yuanOf(amount)})`],
  );
  if (charges.length === 0)
    return `the transaction_id that the bill shows for ${term(out_order_no)}`;
  return `several transaction_ids, none by more than it charged: ${charges.join(', ')}`;
}

function whatWasRefused(order: Order): string {
  const refused = lastRefused(order);
  const words = refused?.rule ? wordsOf(refused.rule) : refused?.refusal?.message;
  const why = words === undefined ? '' : `: ${plain(words)}`;
  return `${refused ? term(refused.operation) : 'Something'} was asked for and not done, and nobody waited for the answer${why}.`;
}

function correct(order: Order): string {
  const operation = lastRefused(order)?.operation;
  if (order.givingUp !== undefined)
    return 'Nothing: the cancellation is sent again by itself, ever more rarely.';
  const example = isAsked(operation) ? `, \`${operation}\`: \`${EXAMPLES[operation]}\`` : '';
  return `Find out what business code wanted. If it is still wanted, send the corrected update${example}. The word goes with the next operation that succeeds.`;
}

function lastRefused({ operations }: Order): OperationRecord | undefined {
  return operations.findLast(({ state }) => state === 'refused' || state === 'not_allowed');
}

function isAsked(operation: string | undefined): operation is AskedOperation {
  return ASKED_OPERATIONS.some((known) => known === operation);
}
