/** Tells an order that WeChat says it is paid. */
import { randomUUID } from 'node:crypto';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { startOf } from '../../temporal/opening.ts';
import { openingOf } from '../../temporal/run-events.ts';
import { openingToTakeUp, viewIn } from '../../temporal/earlier-run.ts';
import { look } from '../service-orders/run.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isNotRunning } from '../../temporal/errors.ts';
import { signalOnce } from '../../temporal/signal-once.ts';
import type { SignedNotification } from '../../payscore/order/opening.ts';
import { phaseOf } from '../../payscore/rules/phase.ts';
import { transactionsOf } from '../../payscore/rules/charges.ts';
import { ServiceOrder, type NamedOrder } from '../../schemas/service-order.ts';
import {
  INQUIRY,
  inquiryWorkflowIdOf,
  orderPaid,
  SERVICE_ORDER,
  type InquiryWorkflow,
  type ServiceOrderWorkflow,
} from '../../workflows/contract.ts';

/**
 * - `taken`: Temporal keeps it
 * - `known`: the order has ended, paid with this very transaction
 * - `recovered`: the order had ended otherwise, and a new run takes it up
 * - `asked`: the order has ended, and stays as it is unless WeChat, which is asked, has charged what is not known
 * - `nobody`: no order here can take it
 */
export type Told = 'taken' | 'known' | 'recovered' | 'asked' | 'nobody';

export interface Payment {
  readonly named: NamedOrder;
  /** What it says, verified and decrypted. */
  readonly resource: unknown;
  /** As WeChat signed it: the order's worker verifies it once more. */
  readonly signed: SignedNotification;
}

/**
 * @param deadline by when all calls together must have answered
 * @throws whatever Temporal's client throws when it does not answer: then nothing may be acknowledged
 */
export async function tellPaid(
  temporal: Temporal,
  { named: { mchid, out_order_no }, resource, signed }: Payment,
  deadline: number,
): Promise<Told> {
  if (mchid !== temporal.mchid) return 'nobody';
  try {
    const { 'wechatpay-signature': signature = '' } = signed.headers;
    const message = { argument: signed, signature };
    await withDeadline(temporal, deadline, () =>
      signalOnce(temporal, out_order_no, orderPaid, message),
    );
    return 'taken';
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
  const found = await look(temporal, out_order_no, deadline);
  if (!found) return 'nobody';
  const run = found.description;
  return await withDeadline(temporal, deadline, async () => {
    const charged = chargesIn(resource);
    if (run.status.name === 'COMPLETED') {
      const known = transactionsOf(await viewIn(temporal, run));
      if (charged.length === 0) return await inquire(temporal, run, out_order_no);
      if (charged.every((it) => known.includes(it))) return 'known';
    }
    await temporal.client.workflow.signalWithStart<ServiceOrderWorkflow, [SignedNotification]>(
      SERVICE_ORDER,
      {
        ...startOf(temporal, await openingToTakeUp(temporal, run)),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        signal: orderPaid,
        signalArgs: [signed],
      },
    );
    return 'recovered';
  });
}

/** What it says that WeChat has charged; nothing, where it contradicts itself or says too little. */
function chargesIn(resource: unknown): string[] {
  const said = ServiceOrder.safeParse(resource);
  return said.success && phaseOf(said.data) === 'paid' ? transactionsOf(said.data) : [];
}

async function inquire(
  temporal: Temporal,
  run: WorkflowExecutionDescription,
  out_order_no: string,
): Promise<Told> {
  const { client, mchid, taskQueue, words } = temporal;
  const { service } = await openingOf(temporal, run);
  await client.workflow.start<InquiryWorkflow>(INQUIRY, {
    workflowId: inquiryWorkflowIdOf(mchid, out_order_no, randomUUID()),
    taskQueue,
    args: [service, out_order_no],
    staticSummary: words.summaries.inquiry(out_order_no),
  });
  return 'asked';
}
