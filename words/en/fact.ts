/** What an order keeps as facts, for people: of the web UI, of the API, of logs. */
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Fact, FactOf, Said } from '../../payscore/order/fact.ts';
import { whyUnsent } from '../../payscore/refusals/refusal.ts';
import { standingOf } from '../../payscore/rules/phase.ts';
import { worded } from '../worded.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';

const ANEW = 'A new attempt needs a new out_order_no.';

const WORDS: { readonly [Code in Fact['code']]: (it: FactOf<Code>) => string } = {
  completed_only_in_service: ({ phase }) =>
    `an order can be completed only in_service; it is ${phase}`,
  completed_otherwise: ({ phase, total_amount = 'another amount' }) =>
    `the order is ${phase}: it was completed before, with other values (total_amount ${total_amount})`,
  modified_only_while_paying: ({ phase }) =>
    `an amount can be lowered only while WeChat Pay is charging (paying); the order is ${phase}` +
    (phase === 'paid' ? ': refund the difference' : ''),
  not_lower: ({ total_amount }) => `total_amount must be lower than the present ${total_amount}`,
  not_cancelled_any_more: ({ phase }) =>
    `an order that is ${phase} cannot be cancelled` +
    (phase === 'paid' ? ': refund it by its transaction_id' : ''),
  synced_only_while_paying: ({ phase }) =>
    `a payment elsewhere can be told only while WeChat Pay is charging (paying); the order is ${phase}`,
  paid_before_completion: ({ completedAt }) =>
    `paid_time must be later than the completion, ${rfc3339Of(new Date(completedAt))}`,
  was_cancelled: () => 'the order was cancelled',
  completed_with: ({ total_amount }) => `the order was completed with total_amount ${total_amount}`,
  lower_already: () => 'the amount is lower already',
  ended_with: ({ phase, total_amount = 'unknown' }) =>
    `the order is ${phase} with total_amount ${total_amount}`,
  order_ended: ({ phase }) => `the order has ended${phase === undefined ? '' : `: it is ${phase}`}`,
  charged_before: ({ amount, transaction_id }) =>
    `WeChat Pay charged the order all the same: refund ${amount} fen` +
    (transaction_id === undefined ? '' : ` by transaction_id ${transaction_id}`),
  not_done_in_time: () => 'it was not done in time',
  run_ended: () => 'its run was ended from outside; ask again, under the same key',
  malformed: ({ operation }) => `the message must look like ${EXAMPLES[operation]}`,
  key_reused: () => 'the Idempotency-Key was used before, with another body or operation',
  too_many_requests: ({ limit }) =>
    `${limit} requests wait for this order already; send it again later`,

  nothing_owed: () => 'the order owes nothing',
  reason_needed: () => 'the message must look like {"reason":"paid back in cash"}',
  nothing_to_refund: () => 'WeChat Pay charged nothing under this transaction_id for this order',
  refund_too_late: ({ paidAt }) =>
    `WeChat Pay refunds for 365 days; it was paid ${rfc3339Of(new Date(paidAt))}`,
  too_many_refunds: ({ limit }) => `WeChat Pay refunds one payment at most ${limit} times`,
  refund_above_left: ({ left, total }) =>
    `at most ${left} fen of ${total} are left to be refunded; what is on its way is counted`,
  refund_number_used: () => 'the out_refund_no was used before, for another refund',
  refund_number_elsewhere: () =>
    'WeChat Pay has another refund under this out_refund_no; another number is needed',

  failure: ({ words }) => words,
  new_run: () => 'It goes on in a new run.',
  yes_not_shown: () =>
    'WeChat Pay has said yes, and its account of the order does not show it yet.',
  not_sent: ({ because }) => `It was not sent, or not taken: ${fact(because)}.`,
  calls_not_accepted: ({ because }) => `WeChat Pay does not accept our calls: ${fact(because)}.`,
  outcome_unknown: ({ because }) => `Whether WeChat Pay did it is not known: ${fact(because)}.`,
  sent_by_ended_run: () => 'the run in which it was sent has ended',
  answer_of_something_else: () => 'WeChat Pay’s answer is about something else',
  charging: () => 'WeChat Pay is charging, and takes nothing meanwhile.',
  refused_and_untold: ({ error, message }) =>
    `WeChat Pay refused (${error} ${message}), and does not say how the order stands.`,
  may_still_arrive: () => 'What was sent may still arrive, so that no refusal is believed yet.',
  calls_unanswered: ({ because }) => `WeChat Pay does not answer our calls: ${fact(because)}.`,
  order_untold: ({ because }) => `WeChat Pay does not tell how the order stands: ${fact(because)}.`,
  copies_differ: () => 'its copies differ',
  order_gone: () => 'WeChat Pay does not know the order any more.',
  order_forgotten: () => 'it does not know the order any more',
  payment_untold: ({ because }) => `WeChat Pay does not tell: ${fact(because)}.`,
  state_not_understood: ({ state }) => `what it tells (state ${state}) is not understood`,
  not_understood: ({ said }) =>
    `What WeChat Pay tells of the order is not understood: ${[standingOf(said), ...lacksOf(said)].join(', ')}.`,
  asked_in_vain: ({ asked, because }) =>
    `WeChat Pay is to be asked (${fact(asked)}), and does not tell: ${fact(because)}.`,
  unconfirmed: ({ asked }) =>
    `WeChat Pay’s account of the order does not confirm what it is asked about: ${fact(asked)}.`,

  authorization_told: () => 'a notification says that the user’s authorization has changed',
  payment_not_kept: () => 'a notification of a payment was not kept',
  payment_not_believed: ({ because }) =>
    `a notification of a payment cannot be believed: ${fact(because)}`,
  worker_could_not_open: () => 'the worker could not open it',
  payment_contradicts: () => 'a notification of a payment does not fit what is known of the order',
  total_raised: ({ total_amount, agreed }) =>
    `it tells a total of ${total_amount} fen, above the ${agreed} fen that it had said yes to`,

  withdrawn: () => 'The order was cancelled before it was created.',
  nothing_created: ({ because }) => `${fact(because)} Nothing was created. ${ANEW}`,
  never_accepted: ({ because }) =>
    `WeChat Pay did not accept our calls in time: ${fact(because)}. Nothing was created. When that is mended, the same request, under the same out_order_no, begins anew.`,
  creation_refused: ({ message }) => {
    const why = whyUnsent(message);
    return why === undefined
      ? `WeChat Pay refused to create the order: ${message}.`
      : `The request to create the order was not sent: ${why}.`;
  },
  given_up_and_cancelled: ({ because }) =>
    `${fact(because)}: it was cancelled at WeChat Pay. ${ANEW}`,
  told_too_late: () => 'WeChat Pay said too late that the order exists',
  in_confirm_mode: () => 'It stands in the confirm mode (state CREATED)',
  created_in_confirm_mode: () =>
    'WeChat Pay created the order in the confirm mode (state CREATED): ask for the confirm-free permission of this service_id',
  not_told_in_time: () => 'WeChat Pay did not say in time that the order exists.',
  nobody_waited: ({ since }) =>
    `Nobody has waited for the order since ${rfc3339Of(new Date(since))}, which was too long ago to create it.`,
  of_somebody_else: () => 'it belongs to another user, app or service',
  number_taken: ({ differs, isAdoptable }) =>
    otherOrder(differenceOf(differs), isAdoptable ? '; POST …/adopt takes the present one up' : ''),
  number_of_somebody_else: () => otherOrder('it belongs to another user, app or service'),
  other_under_number: ({ state }) =>
    `WeChat Pay has another order under this number, or in state ${state}, which cannot be taken up.`,
  none_under_number: () => 'WeChat Pay knows no order under this number.',
  not_let_ask: () => 'WeChat Pay does not let us ask for the order.',
  permission_unasked: ({ because }) =>
    `The user's permission could not be asked for: ${fact(because)}.`,
  not_authorised_in_time: ({ authorization_state }) =>
    `The user has not authorised the service in time (authorization_state ${authorization_state}).`,
  authorised_for_nobody: () =>
    'The user authorised the service when nobody waited for the order any more, and nobody came back.',
  not_invited: ({ authorization_state, because }) =>
    `The user cannot be led to WeChat (authorization_state ${authorization_state}): ${fact(because)}.`,
};

export function fact(it: Fact): string {
  return worded(WORDS, it);
}

function lacksOf({ state, collection, total_amount }: Said): string[] {
  if (state !== 'DONE') return [];
  if (!collection) return [`no collection, and a total_amount of ${total_amount ?? '?'}`];
  const { details, paid_amount } = collection;
  const parts = details.map(({ paid_type, amount }) => `${paid_type ?? '?'} ${amount ?? '?'}`);
  const told = parts.length === 0 ? 'no details of it' : `details ${parts.join(', ')}`;
  return [`a paid_amount of ${paid_amount ?? '?'}, and ${told}`];
}

function otherOrder(what: string, instead = ''): string {
  return `WeChat Pay has an order under this out_order_no that was opened differently: ${what}. It is untouched. Another order needs another number${instead}.`;
}

function differenceOf(differs: FactOf<'number_taken'>['differs']): string {
  if (differs.length > 0) return `it differs in ${differs.join(', ')}`;
  return 'it differs in nothing that WeChat Pay shows; fees, device, notify_url or attach may differ';
}
