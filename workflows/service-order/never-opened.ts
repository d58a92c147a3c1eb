/** Ends an order that could not be opened because WeChat Pay does not take our calls. */
import type { OrderState } from './order-state.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { createUntilOf } from '../../payscore/times/deadlines.ts';
import { isUntouched } from '../../payscore/rules/ended.ts';

/** @returns whether it was too late for it, and nothing had been sent that may have created it */
export function endAsNeverOpened(state: OrderState, why: Fact): boolean {
  if (!isUntouched(state.order) || new Date() <= createUntilOf(state.order)) return false;
  state.apply({ kind: 'never_opened', why });
  return true;
}
