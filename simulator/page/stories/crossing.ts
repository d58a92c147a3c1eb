/** A payment crosses a cancellation: what was to be cancelled is charged, and the user has it back. */
import { yuan } from '../figures.ts';
import type { Stage } from './stage.ts';
import { charge, giveBack, newPart, openAuthorised } from './steps.ts';

/** For as long as the story needs. */
const MANY = 200;
/** At the soonest: a user has money back in seconds, a card in days. */
const REFUNDED_AFTER = { delay_seconds: 1 };

export async function crossing(stage: Stage): Promise<void> {
  const { say, sources, merchant, shop, until } = stage;
  const part = newPart(stage);
  const { out_order_no } = part;
  await openAuthorised(stage, part);
  const amount = await giveBack(stage, part);
  say(({ steps }) => steps.willCutCancel);
  stage.strike(part, 'cancel', 'cut', MANY);
  stage.strike(part, 'query', 'cut', MANY);
  sources.refundScripts.set({ out_order_no }, REFUNDED_AFTER);
  // What becomes of it stands in the order: nobody waits for an answer that is lost.
  const left = await shop.cancel(out_order_no, { prefer: 'respond-async' });
  stage.taken(part, 'POST …/cancel', left);
  await stage.untilCall(part, 'cancel');
  say(({ steps }) => steps.cancelSent);
  charge(stage, part);
  say(({ steps }) => steps.crossed(amount));
  const due = await until(
    ({ phase }) => phase('paid, refund_due'),
    () => merchant.phases.of(out_order_no)?.refund_due,
  );
  await stage.untilPhase(part, 'paid');
  say(({ steps }) => steps.refundDue(yuan(due)));
  stage.changes.callOffFaults();
  say(({ steps }) => steps.paysBack);
  stage.taken(part, 'POST …/refund-due', await shop.payBack(out_order_no));
  await until(
    ({ refund }) => refund,
    () => sources.refunds.ofOrder(out_order_no).find(({ status }) => status === 'SUCCESS'),
  );
  await until(
    ({ phase }) => phase('paid'),
    () => {
      const known = merchant.phases.of(out_order_no);
      return known?.phase === 'paid' && known.trouble !== 'refund_due';
    },
  );
  say(({ steps }) => steps.refunded(yuan(due)));
}
