/** A transaction's refunds as the web UI's current details show them. */
import { plain, term } from '../details/markdown.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { RefundRecord, Refunds, RefundState } from '../../payscore/refunds/refunds.ts';
import { refundedOf, refundTroubleOf, type RefundTrouble } from '../../payscore/refunds/rules.ts';
import { wordsOf } from '../../payscore/words/fact.ts';

export function detailsOf(all: Refunds): string {
  const { opening, charge, refunds, misconfigured } = all;
  const trouble = refundTroubleOf(all);
  return [
    `Refunds of ${term(opening.transaction_id)}, order ${term(opening.out_order_no)}`,
    ...(trouble ? [`### ${trouble}`, `**What to do now:** ${TO_DO[trouble]}`] : []),
    ...(misconfigured ? [plain(wordsOf(misconfigured))] : []),
    charge
      ? `Paid ${yuanOf(charge.total)}, refunded ${yuanOf(refundedOf(refunds))}.`
      : 'What was paid is asked of WeChat Pay.',
    ...refunds.map(lineOf),
    '_Terminate_ ends our record only: what was applied for goes on at WeChat Pay, and nobody here hears of it.',
  ].join('\n\n');
}

const TO_DO: Readonly<Record<RefundTrouble, string>> = {
  misconfigured:
    'WeChat Pay does not accept our calls: see the keys and the clock of the worker, and run `doctor`.',
  refund_abnormal:
    'The money did not reach the user, whose card or account is closed: settle it in the merchant platform (退款异常处理). It is looked at again by itself.',
  refund_not_enough:
    'The merchant’s account has too little: top it up in the merchant platform. The same refund is sent again by itself.',
};

function lineOf(refund: RefundRecord): string {
  const { out_refund_no, amount, state, refund_id, why, refusal, isOfConsole, by } = refund;
  const facts = [
    WORDS[state],
    ...(refund_id === undefined ? [] : [`refund_id ${term(refund_id)}`]),
    ...(isOfConsole ? ['made in the merchant platform'] : []),
    ...(by === undefined ? [] : [`asked for by ${by}`]),
    ...(why ? [plain(wordsOf(why))] : []),
    ...(refusal ? [`WeChat Pay said ${term(refusal.code)} “${plain(refusal.message)}”`] : []),
  ];
  return `- ${term(out_refund_no)} ${yuanOf(amount)}: ${facts.join(', ')}`;
}

const WORDS: Readonly<Record<RefundState, string>> = {
  waiting: 'waits for its turn, a minute after the one before',
  unknown: 'sent, and whether WeChat Pay has it is asked',
  not_enough: 'not taken yet',
  refused: 'refused, nothing was paid back',
  processing: 'accepted, on its way to the user',
  abnormal: 'did not reach the user',
  success: 'paid back',
  closed: 'closed, nothing was paid back',
};
