/** A transaction's refunds as the web UI's current details show them. */
import { plain, term } from '../details/markdown.ts';
import type { RefundRecord, Refunds } from '../../payscore/refunds/refunds.ts';
import { refundedOf, refundTroubleOf } from '../../payscore/refunds/rules.ts';
import type { Words } from '../../words/en.ts';

export function detailsOf(all: Refunds, words: Words): string {
  const { opening, charge, refunds, misconfigured } = all;
  const { refunds: say, order, fact, yuan } = words;
  const trouble = refundTroubleOf(all);
  return [
    say.head(term(opening.transaction_id), term(opening.out_order_no)),
    ...(trouble ? [`### ${trouble}`, `**${order.toDoNow}** ${say.toDo[trouble]}`] : []),
    ...(misconfigured ? [plain(fact(misconfigured))] : []),
    charge ? say.paid(yuan(charge.total), yuan(refundedOf(refunds))) : say.asked,
    ...refunds.map((refund) => `- ${lineOf(refund, words)}`),
    say.terminate,
  ].join('\n\n');
}

function lineOf(refund: RefundRecord, { refunds: say, fact, yuan }: Words): string {
  const { out_refund_no, amount, state, refund_id, why, refusal, isOfConsole, by } = refund;
  return say.line(term(out_refund_no), yuan(amount), [
    say.states[state],
    ...(refund_id === undefined ? [] : [`refund_id ${term(refund_id)}`]),
    ...(isOfConsole ? [say.ofConsole] : []),
    ...(by === undefined ? [] : [say.askedBy(by)]),
    ...(why ? [plain(fact(why))] : []),
    ...(refusal ? [say.wechatSaid(term(refusal.code), plain(refusal.message))] : []),
  ]);
}
