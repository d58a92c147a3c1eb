/** Asks for a refund, with an answer as far as WeChat Pay gives one in time; and reads what was asked for. */
import { deadlines, type Deadlines } from '../http/deadline.ts';
import { Problem } from '../http/problems.ts';
import type { Kept } from '../http/replayed.ts';
import { problemOf, reading } from '../http/temporal-problems.ts';
import { readOrder } from '../service-orders/read.ts';
import { ruleIn } from '../service-orders/update.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isWithoutWorker, isTimeout, updateRefusalOf } from '../../temporal/errors.ts';
import { askedRefund, refundsThere, type Paid } from '../../temporal/refunds.ts';
import type { Services } from '../../payscore/order/opening.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import { decideDue } from '../../payscore/refunds/due.ts';
import type { Asked, RefundRecord } from '../../payscore/refunds/refunds.ts';
import { transactionsOf } from '../../payscore/rules/charges.ts';

type Wanted = Omit<Asked, 'receivedAt'>;

export interface WantedRefund extends Wanted {
  /** Which of several charges. */
  readonly transaction_id?: string | undefined;
}

/** @throws {Problem} `not-found`, `not-allowed`, `different-refund`, `busy`, `not-taken`, `unavailable` */
export async function applyForRefund(
  temporal: Temporal,
  out_order_no: string,
  { transaction_id: named, ...wanted }: WantedRefund,
  services: Services,
): Promise<Kept<RefundRecord>> {
  const until = deadlines(temporal);
  const order = await orderIfKept(temporal, { out_order_no, named }, until);
  // Of an order that is no longer kept here, WeChat Pay tells whether the payment is its own, before anything is sent.
  const transaction_id = order ? transactionIn(order, named) : (named ?? '');
  return await apply(temporal, { out_order_no, transaction_id, services }, wanted, until);
}

async function apply(
  temporal: Temporal,
  paid: Paid,
  wanted: Wanted,
  until: Deadlines,
): Promise<Kept<RefundRecord>> {
  const receivedAt = new Date().toISOString();
  // What is kept under the number knows when it was first asked for.
  const asKept = (outcome: RefundRecord) => {
    return { outcome, isReplayed: outcome.receivedAt !== receivedAt };
  };
  try {
    const refund = await withDeadline(temporal, until.call, () =>
      askedRefund(temporal, paid, { ...wanted, receivedAt, notAfter: until.notAfter }),
    );
    return asKept(refund);
  } catch (error) {
    const kept = isTimeout(error) && (await keptOf(temporal, paid, wanted, until.all));
    if (kept) return asKept(kept);
    throw problemIn(error);
  }
}

/** What the order still owes, and is not on its way, under a number that follows from it: asked again, it is the same refund. */
export async function refundWhatIsDue(
  temporal: Temporal,
  out_order_no: string,
  by: string | undefined,
  services: Services,
): Promise<Kept<RefundRecord>> {
  const until = deadlines(temporal);
  const order = await readOrder(temporal, out_order_no, until);
  const { refund_due: due } = order;
  if (!due) throw owesNothing();
  const { amount: refundDue, transaction_id } = due;
  if (transaction_id === undefined) {
    throw new Problem('not-allowed', {
      detail: ({ problems }) => problems.refunds.dueInParts(refundDue),
    });
  }
  const there = await reading(temporal, until.all, () => refundsThere(temporal, transaction_id));
  const decision = decideDue(order, there ?? { refunds: [] });
  switch (decision.kind) {
    case 'nothing':
      throw owesNothing();
    case 'there':
      return { outcome: decision.refund, isReplayed: true };
    case 'refund': {
      const { out_refund_no, amount } = decision;
      const digest = `due ${transaction_id} ${amount}`;
      const paid = { out_order_no, transaction_id, services };
      return await apply(temporal, paid, { out_refund_no, amount, digest, by }, until);
    }
  }
}

function owesNothing(): Problem {
  return new Problem('not-allowed', { detail: ({ problems }) => problems.orders.nothingOwed });
}

/** Of all its payments; of an order that is no longer kept here, of the one that is named. */
export async function readRefunds(
  temporal: Temporal,
  out_order_no: string,
  named?: string,
): Promise<readonly RefundRecord[]> {
  const until = deadlines(temporal);
  const order = await orderIfKept(temporal, { out_order_no, named }, until);
  const transactions = order ? transactionsOf(order) : [named ?? ''];
  return await reading(temporal, until.all, async () => {
    const found = await Promise.all(transactions.map((it) => refundsThere(temporal, it)));
    return found.flatMap((it) => (it?.out_order_no === out_order_no ? it.refunds : []));
  });
}

interface Named {
  readonly out_order_no: string;
  /** Its payment. */
  readonly named: string | undefined;
}

/**
 * Payments can be refunded for a year, and orders are kept for less.
 *
 * @returns undefined where it is not kept, and its payment is named
 */
async function orderIfKept(
  temporal: Temporal,
  { out_order_no, named }: Named,
  until: Deadlines,
): Promise<OrderView | undefined> {
  try {
    return await readOrder(temporal, out_order_no, until);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'not-found') throw error;
    if (named !== undefined) return undefined;
    throw new Problem('not-found', {
      detail: ({ problems }) => problems.refunds.orderNotKept(out_order_no),
    });
  }
}

function transactionIn(order: OrderView, named: string | undefined): string {
  const charged = transactionsOf(order);
  if (charged.length === 0) {
    throw new Problem('not-allowed', {
      detail: ({ problems }) => problems.refunds.notCharged(order.phase),
    });
  }
  if (named === undefined && charged.length > 1) {
    throw new Problem('not-allowed', {
      detail: ({ problems }) => problems.refunds.whichCharge(charged),
    });
  }
  const transaction_id = named ?? charged[0] ?? '';
  if (charged.includes(transaction_id)) return transaction_id;
  throw new Problem('not-allowed', { detail: ({ problems }) => problems.refunds.notItsCharge });
}

/** Whether it was kept, though the answer did not come in time. */
async function keptOf(
  temporal: Temporal,
  { transaction_id }: Paid,
  { out_refund_no, digest }: Wanted,
  deadline: number,
): Promise<RefundRecord | undefined> {
  try {
    const there = await withDeadline(temporal, deadline, () =>
      refundsThere(temporal, transaction_id),
    );
    return there?.refunds.find((it) => it.out_refund_no === out_refund_no && it.digest === digest);
  } catch {
    return undefined;
  }
}

function problemIn(error: unknown): unknown {
  const refusal = updateRefusalOf(error);
  switch (refusal?.type) {
    case 'KeyReused':
      return new Problem('different-refund', {
        detail: ({ problems }) => problems.refunds.numberUsed,
      });
    case 'NotAllowed': {
      const rule = ruleIn(refusal);
      return new Problem('not-allowed', {
        detail: (words) => words.problems.refunds.notAllowed(rule(words)),
      });
    }
    case 'Busy':
      return new Problem('busy', { detail: ({ problems }) => problems.refunds.busy });
    case 'Refused':
    case 'Expired':
    case 'Moved':
    case 'Other':
      return new Problem('not-taken', { detail: ({ problems }) => problems.refunds.notTaken });
    case undefined:
      if (isWithoutWorker(error)) {
        return new Problem('unavailable', {
          detail: ({ problems }) => problems.refunds.unreadable,
        });
      }
      return problemOf(error);
  }
}
