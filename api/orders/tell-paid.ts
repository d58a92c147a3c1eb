/** Tells an order that WeChat says it is paid. */
import { startOf } from '../../temporal/opening.ts';
import { recoveryOf } from '../../temporal/recovery.ts';
import { look, type Look } from './patience.ts';
import { by, runOf, type Temporal } from '../../temporal/client.ts';
import { isNotRunning } from '../../temporal/errors.ts';
import { toldToRefresh } from '../../temporal/orders.ts';
import { phaseOf } from '../../payscore/phase.ts';
import { transactionsOf } from '../../payscore/settlement.ts';
import type { OrderView } from '../../payscore/view.ts';
import type { NamedOrder, ServiceOrder } from '../../schemas/service-order.ts';
import { orderPaid, SERVICE_ORDER, type ServiceOrderWorkflow } from '../../workflows/contract.ts';

/**
 * - `taken`: Temporal keeps it
 * - `known`: the order has ended, paid with this very transaction
 * - `recovered`: the order had ended otherwise, and a new run takes it up
 * - `nobody`: no order here can take it
 */
export type Told = 'taken' | 'known' | 'recovered' | 'nobody';

/**
 * @param moment by when all calls together must have answered
 * @throws whatever Temporal's client throws when it does not answer: then nothing may be acknowledged
 */
export async function tellPaid(
  temporal: Temporal,
  said: ServiceOrder,
  moment: number,
): Promise<Told> {
  if (said.mchid !== temporal.service.mchid) return 'nobody';
  try {
    await by(temporal, moment, () => runOf(temporal, said.out_order_no).signal(orderPaid, said));
    return 'taken';
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
  const found = await look(temporal, said.out_order_no, moment);
  if (!found) return 'nobody';
  return await by(temporal, moment, async () => {
    const before = await lastViewOf(temporal, said.out_order_no, found);
    if (before && isKnown(before, said)) return 'known';
    await temporal.client.workflow.signalWithStart<ServiceOrderWorkflow, [ServiceOrder]>(
      SERVICE_ORDER,
      {
        ...startOf(temporal, await recoveryOf(temporal, found.description, before)),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        signal: orderPaid,
        signalArgs: [said],
      },
    );
    return 'recovered';
  });
}

/** The same of a message that says too little to be an account of the order: WeChat is to be asked. */
export async function tellDoubt(
  temporal: Temporal,
  { mchid, out_order_no }: NamedOrder,
  moment: number,
): Promise<Told> {
  if (mchid !== temporal.service.mchid) return 'nobody';
  const isTold = await by(temporal, moment, () => toldToRefresh(temporal, out_order_no));
  return isTold ? 'taken' : 'nobody';
}

/** Only a run that came to its end tells it without a worker. */
async function lastViewOf(
  temporal: Temporal,
  out_order_no: string,
  { description }: Look,
): Promise<OrderView | undefined> {
  if (description.status.name !== 'COMPLETED') return undefined;
  return await runOf(temporal, out_order_no).result();
}

/** The order has ended as this message says, with what it says was charged. */
function isKnown(order: OrderView, said: ServiceOrder): boolean {
  const known = transactionsOf(order);
  return phaseOf(said) === order.phase && transactionsOf(said).every((it) => known.includes(it));
}
