/** A payment that crosses a cancellation, told as it happens: WeChat Pay charges what was to be cancelled, and the user has it back. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { callUntilTaken, type CallAnswer } from './persistent-call.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { words, yuan } from '../stack/words.ts';
import { untilTold } from './events.ts';
import { pointTo, quote, say } from './lines.ts';
import { untilPhase, untilShown } from './order.ts';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import type { PresentedRefund } from '../../answers/refund.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

const TOTAL = 300;
/** Old enough to be completed at once: an `end_time` lies after the start. */
const SERVICE_MS = 2_000;
/** Nothing that is sent arrives, for as long as the story needs. */
const CUT = { fault: 'cut', times: 50 };

export interface Crossing {
  /** Who has authorised the service. */
  readonly openid: string;
  /** When it plays, by WeChat Pay's clock. */
  readonly now: () => Date;
}

/** @throws {Error} with the reason when the money does not come back */
export async function tellCrossing(stack: Stack, { openid, now }: Crossing): Promise<void> {
  const { apiUrl, simulatorUrl, uiUrl, mchid } = stack;
  const control = `${simulatorUrl}/_control`;
  const out_order_no = `CROSS${Date.now()}${randomBytes(2).toString('hex')}`;
  const orderUrl = `${apiUrl}/v1/service-orders/${out_order_no}`;

  const opened = await callUntilTaken('POST', `${apiUrl}/v1/service-orders`, {
    ...{ out_order_no, openid, service_introduction: '充电宝租借' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
  });
  await untilPhase(orderUrl, opened, ['in_service']);
  await delay(SERVICE_MS);
  const completed = await callUntilTaken('POST', `${orderUrl}/complete`, {
    post_payments: [{ name: '租借费', amount: TOTAL, description: '半小时' }],
    total_amount: TOTAL,
    time_range: { end_time: beijingTimeOf(new Date(now().getTime() - 1_000), 14) },
  });
  await untilPhase(orderUrl, completed, ['paying']);

  for (const call of ['cancel', 'query']) {
    await callUntilTaken('POST', `${control}/faults`, { ...CUT, call, out_order_no });
  }
  const script = { delay_seconds: 1 };
  await callUntilTaken('PUT', `${control}/refunds/script`, { out_order_no, script });
  const cancellation = { reason: '不再收费' };
  await callUntilTaken('POST', `${orderUrl}/cancel`, cancellation, { prefer: 'respond-async' });
  const isSent = (body: CallAnswer['body']) => body['pending_operation'] !== undefined;
  await untilShown(orderUrl, isSent, words.faults.notSent);
  say('business', words.crossing.cancels(TOTAL));
  await callUntilTaken('POST', `${control}/orders/${out_order_no}/pay`);
  const { refund_due } = await untilPhase(orderUrl, undefined, ['paid']);
  await callUntilTaken('DELETE', `${control}/faults`);
  say('order', words.crossing.paid(yuan(refund_due?.amount ?? 0)));

  const refunded = await callUntilTaken('POST', `${orderUrl}/refund-due`);
  say('business', `POST …/refund-due → ${refunded.status}`);
  const isPaidBack = (shown: CallAnswer['body']) => shown['trouble'] !== 'refund_due';
  await untilShown(orderUrl, isPaidBack, words.faults.notPaidBack);
  const { body } = await callUntilTaken('GET', `${orderUrl}/refunds`);
  for (const { amount, state } of body['refunds'] as readonly PresentedRefund[]) {
    quote(words.crossing.back(yuan(amount), state));
  }
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, workflowIdOf(mchid, out_order_no)));
  await untilTold(stack, 'refund.succeeded', out_order_no);
  await untilTold(stack, 'service_order.trouble_ended', out_order_no);
}
