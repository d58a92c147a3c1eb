/** Our store was restored from a backup: the order has perhaps gone on without us, so WeChat Pay is asked before anything is done. */
import type { OrderState } from './order-state.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';

export function lookFirst(state: OrderState): void {
  if (!hasEnded(state.order)) state.apply({ kind: 'taken_up' });
}
