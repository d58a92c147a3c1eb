/** A payment's refunds, in the web UI's current details. Terms come as markdown. */
import type { RefundState } from '../../payscore/refunds/refunds.ts';
import type { RefundTrouble } from '../../payscore/refunds/rules.ts';

export const refunds = {
  toDo: {
    misconfigured:
      'WeChat Pay does not accept our calls: see the keys and the clock of the worker, and run `doctor`.',
    refund_abnormal:
      'The money did not reach the user, whose card or account is closed: settle it in the merchant platform (退款异常处理). It is looked at again by itself.',
    refund_not_enough:
      'The merchant’s account has too little: top it up in the merchant platform. The same refund is sent again by itself.',
  } satisfies Record<RefundTrouble, string>,
  states: {
    waiting: 'waits for its turn, a minute after the one before',
    unknown: 'sent, and whether WeChat Pay has it is asked',
    not_enough: 'not taken yet',
    refused: 'refused, nothing was paid back',
    processing: 'accepted, on its way to the user',
    abnormal: 'did not reach the user',
    success: 'paid back',
    closed: 'closed, nothing was paid back',
  } satisfies Record<RefundState, string>,
  head: (transaction: string, order: string) => `Refunds of ${transaction}, order ${order}`,
  paid: (total: string, refunded: string) => `Paid ${total}, refunded ${refunded}.`,
  asked: 'What was paid is asked of WeChat Pay.',
  ofConsole: 'made in the merchant platform',
  askedBy: (key: string) => `asked for by ${key}`,
  wechatSaid: (code: string, message: string) => `WeChat Pay said ${code} “${message}”`,
  line: (number: string, amount: string, facts: readonly string[]) =>
    `${number} ${amount}: ${facts.join(', ')}`,
  terminate:
    '_Terminate_ ends our record only: what was applied for goes on at WeChat Pay, and nobody here hears of it.',
};
