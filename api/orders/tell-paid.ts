/** Tells an order that WeChat says it is paid. */
import { by, look, runOf, type Temporal } from './temporal.ts';
import { isNotRunning } from './temporal-errors.ts';
import { settlementOf } from '../../payscore/settlement.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { orderPaid } from '../../workflows/contract.ts';

/**
 * - `taken`: Temporal keeps it
 * - `known`: the order has ended, paid with this very transaction
 * - `nobody`: no order here can take it
 */
export type Told = 'taken' | 'known' | 'nobody';

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
  if (found?.description.status.name !== 'COMPLETED') return 'nobody';
  const order = await by(temporal, moment, () => runOf(temporal, said.out_order_no).result());
  const { transaction_id } = settlementOf(said);
  const isKnown = order.phase === 'paid' && settlementOf(order).transaction_id === transaction_id;
  return isKnown ? 'known' : 'nobody';
}
