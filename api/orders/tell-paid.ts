/** Tells an order that WeChat says it is paid. */
import { look, runOf, within, type Temporal } from './temporal.ts';
import { isNotRunning } from './temporal-errors.ts';
import { settlementOf } from '../../payscore/settlement.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { orderPaid } from '../../workflows/contract.ts';

/** WeChat wants its answer within 5 s, whatever Temporal does: for all calls together. */
const ANSWER_MS = 4_000;

/**
 * - `taken`: Temporal keeps it
 * - `known`: the order has ended, paid with this very transaction
 * - `nobody`: no order here can take it
 */
export type Told = 'taken' | 'known' | 'nobody';

/** @throws whatever Temporal's client throws when it does not answer: then nothing may be acknowledged */
export async function tellPaid(temporal: Temporal, said: ServiceOrder): Promise<Told> {
  if (said.mchid !== temporal.service.mchid) return 'nobody';
  const deadline = Date.now() + ANSWER_MS;
  const left = () => deadline - Date.now();
  try {
    await within(temporal, left(), () =>
      runOf(temporal, said.out_order_no).signal(orderPaid, said),
    );
    return 'taken';
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
  const found = await look(temporal, said.out_order_no, left());
  if (found?.description.status.name !== 'COMPLETED') return 'nobody';
  const order = await within(temporal, left(), () => runOf(temporal, said.out_order_no).result());
  const { transaction_id } = settlementOf(said);
  const isKnown = order.phase === 'paid' && settlementOf(order).transaction_id === transaction_id;
  return isKnown ? 'known' : 'nobody';
}
