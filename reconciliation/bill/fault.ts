/** What is wrong with a bill, for the person who has to find out why. */
import type { BillFaultCause, BillFaultFact } from '../../payscore/days/bill-fault.ts';
import { billFault } from '../../words/en/bill-faults.ts';

/**
 * - `layout`: the columns are not those that we know, or the end is not written as it should be
 * - `cell`: a value is missing, or is not of the kind that its column holds
 * - `day`: something of another day
 * - `merchant`: something of another merchant
 * - `cut`: the file ends before it is complete
 * - `surplus`: the file goes on after its end
 * - `totals`: its rows do not add up to what it says itself
 */
export type BillFaultKind = 'layout' | 'cell' | 'day' | 'merchant' | 'cut' | 'surplus' | 'totals';

/**
 * The bill cannot be believed, whatever has been read of it. What it says names line and column and never quotes a
 * cell of a row: users' openids and merchants' data are among them.
 */
export class BillFault extends Error {
  override readonly name = 'BillFault';
  readonly kind: BillFaultKind;
  readonly fact: BillFaultFact;

  constructor(
    kind: BillFaultKind,
    because: BillFaultCause,
    place: Omit<BillFaultFact, 'because'> = {},
  ) {
    const fact = { ...place, because };
    super(billFault(fact));
    this.kind = kind;
    this.fact = fact;
  }
}
