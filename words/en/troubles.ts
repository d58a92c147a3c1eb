/** What each trouble means and what to do about it, for whoever has to look at it at night. Amounts come as money in words, terms as markdown. */
import { EXAMPLES } from '../../payscore/order/message-shape.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import type { RefundDue } from '../../payscore/order/refund-due.ts';

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

export const troubles = {
  refundDue: {
    means: (amount: string, because: RefundDue['because']) =>
      `WeChat Pay charged the user although ${BECAUSE[because] ?? `it was ${because}`}: ${amount} must go back.`,
    meansUnknown: 'Money is owed to the user.',
    toDo: (amount: string | undefined, by: string) =>
      `Pay back ${amount === undefined ? 'what was charged' : `**${amount}**`} by \`POST …/refund-due\`, or in the merchant platform (申请退款), by ${by}.`,
    orDirectly: ' Or give back what the user paid directly: once, not both.',
    settle:
      ' Paid back otherwise, say so by the update `settle`: `{"reason":"…"}`. Until then this run stays open.',
    ofBill: (number: string) => `the transaction_id that the bill shows for ${number}`,
    several: (charges: readonly string[]) =>
      `several transaction_ids, none by more than it charged: ${charges.join(', ')}`,
    charge: (number: string, amount: string) => `${number} (${amount})`,
  },
  undercollected: {
    means: (missing: string) =>
      `WeChat Pay says that the order is paid, and ${missing} of what it was completed with were not collected.`,
    toDo: 'Compare with the order in the merchant platform, and ask WeChat Pay’s support about the rest. WeChat Pay charges no more by itself.',
  },
  misconfigured: {
    means:
      'WeChat Pay does not accept our calls, and only a person can change that. Nothing is lost and nothing is done twice.',
    toDo:
      'Mend what the refusal names, and restart the worker if a file or a variable has changed. What waits goes on by ' +
      'itself, within the hour; what was refused must be asked for again. The update `refresh` shows whether WeChat Pay ' +
      'accepts calls again. If other orders are in the same trouble, it is not about this order.',
    afterTheEnd:
      'Mend what the refusal names, before other orders end so. Nothing can be done to this one.',
  },
  amountRaised: {
    means: (charged: string, agreed: string) =>
      `WeChat Pay charges ${charged}, though it had said yes to ${agreed}: for 10 minutes it has told nothing else.`,
    toDo: `Ask whoever lowered the amount, and lower it again, \`modify\`: \`${EXAMPLES.modify}\` (fen). Charged all the same, the difference is shown as \`refund_due\`.`,
    afterTheEnd: 'Compare with the order in the merchant platform.',
  },
  unresolved: {
    means:
      'For longer than 10 minutes it has not been known whether WeChat Pay did what was sent, or what it says of the order is not understood. It is asked again and again.',
    meansBecause: (why: string) => `${why} WeChat Pay is asked again and again.`,
    toDo:
      'See _Pending Activities_, or the last failed one in the _Timeline_: its failure says what WeChat Pay, or the ' +
      'network, answers. If nothing answers at all, see whether the worker reaches WeChat Pay. Until the outcome is ' +
      'known, do not charge, refund or cancel in any other way.',
    afterTheEnd:
      'Compare with the order in the merchant platform; nothing is pending here any more.',
  },
  operationRefused: {
    means: (operation: string | undefined, why: string | undefined) =>
      `${operation ?? 'Something'} was asked for and not done, and nobody waited for the answer${why === undefined ? '' : `: ${why}`}.`,
    toDo: (operation: AskedOperation | undefined) =>
      `Find out what business code wanted. If it is still wanted, send the corrected update${operation ? `, \`${operation}\`: \`${EXAMPLES[operation]}\`` : ''}. The word goes with the next operation that succeeds.`,
    isGivenUp: 'Nothing: the cancellation is sent again by itself, ever more rarely.',
    afterTheEnd:
      'Tell whoever asked that it was not done. The order has ended, so nothing can be sent to it.',
  },
  overdue: {
    means: 'In service for more than 30 days, and nobody has said when it ends.',
    meansSince: (end: string) =>
      `In service for longer than business code expected: until ${end} (Beijing).`,
    toDo:
      `Ask whether the user still has it. If not, send the update \`complete\` with what is owed: \`${EXAMPLES.complete}\` (fen); ` +
      `if it was never used, \`cancel\`: \`${EXAMPLES.cancel}\``,
    afterTheEnd: 'Nothing: the order has ended.',
  },
};
