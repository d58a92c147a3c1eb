/**
 * The command `npm run demo`: one order through its life, and the bill of its day. Exits 0 when both came out right, else 1
 * with the reason. With `--lost-payment` nobody tells us of the payment, and the bill does.
 */
import { withStack } from './stack/command.ts';
import { newUser } from './story/order.ts';
import { good, print } from './stack/terminal.ts';
import { words } from './stack/words.ts';
import { tellWholeStory } from './story/whole.ts';

const isPaymentLost = process.argv.includes('--lost-payment');
/** So that no poll finds what the bill is to find. */
const pollDelays = isPaymentLost ? '1h' : undefined;

const exitCode = await withStack(
  async (stack) => {
    const { findings } = await tellWholeStory(stack, { isPaymentLost, openid: newUser() });
    const healed = findings.paid_unnoticed?.healed ?? 0;
    if (isPaymentLost && healed === 0) throw new Error(words.faults.notFound);
    print();
    print(good(isPaymentLost ? words.end.paidByBill : words.end.paid));
  },
  { pollDelays },
);
// Everything has ended in order; a story that was cut short may still be waiting for an answer.
process.exit(exitCode);
