/** Double entry: every row of the bill is posted to exactly one place, and what was posted must be what the bill says itself. */
import type { BillRow } from '../bill/row.ts';
import type { BillTotals } from '../bill/totals.ts';
import { add, nothing, sumOf, type Count } from './count.ts';
import { addTo, nothingTaken, takingsOf, type Settlement, type Sums } from './takings.ts';

/**
 * - `agreed`: a payment that an order here has, a refund that was declared here
 * - `elsewhere`: of the merchant's other business
 * - `findings`: told
 */
export type Place = 'agreed' | 'elsewhere' | 'findings';
export type Places = Readonly<Record<Place, Count>>;

export function createBooks() {
  const payments = { agreed: nothing(), elsewhere: nothing(), findings: nothing() };
  const refunds = { agreed: nothing(), elsewhere: nothing(), findings: nothing() };
  const elsewhere = nothingTaken();
  const services = new Map<string, Sums>();

  return {
    payments: payments as Places,
    refunds: refunds as Places,
    /** @param service_id of the order that the row is of, as far as that is known */
    post(row: BillRow, place: Place, service_id?: string): void {
      add((row.kind === 'payment' ? payments : refunds)[place], row.amount);
      addTo(service_id === undefined ? elsewhere : sumsOf(service_id), row);
    },
    /** @throws {Error} what was posted is not what the bill has: a fault of this program */
    prove(totals: BillTotals): void {
      const all = [...services.values(), elsewhere];
      const sum = (of: (sums: Sums) => number) => all.reduce((total, one) => total + of(one), 0);
      const [paid, back] = [payments, refunds].map((side) => sumOf(Object.values(side)));
      const posted: readonly (readonly [what: string, posted: number, inBill: number])[] = [
        ['payments', paid?.count ?? 0, totals.payments],
        ['of payments', paid?.amount ?? 0, totals.amount],
        ['refunds', back?.count ?? 0, totals.refunds + totals.reversals],
        ['of refunds', back?.amount ?? 0, totals.refund_amount],
        ['to be settled', sum((it) => it.settlement_amount), totals.settlement_amount],
        ['taken back', sum((it) => it.refund_settlement_amount), totals.refund_settlement_amount],
        ['of fees', sum((it) => it.fees_millifen), totals.fee],
      ];
      for (const [what, parts, whole] of posted) {
        if (parts !== whole) {
          throw new Error(
            `the parts make ${parts} ${what}, the bill ${whole}: a fault of this program`,
          );
        }
      }
    },
    settlement(): Settlement {
      const own = [...services].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return {
        services: Object.fromEntries(own.map(([id, sums]) => [id, takingsOf([sums])])),
        elsewhere: takingsOf([elsewhere]),
        total: takingsOf([...services.values(), elsewhere]),
      };
    },
  };

  function sumsOf(service_id: string): Sums {
    const known = services.get(service_id);
    if (known) return known;
    const sums = nothingTaken();
    services.set(service_id, sums);
    return sums;
  }
}

export type Books = ReturnType<typeof createBooks>;
