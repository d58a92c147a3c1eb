/**
 * The merchant's account against the trade bill: a second proof, over all that the merchant sells. Payments and refunds tie out to
 * the fen; fees do where the account has rows for them, and are told where they do not.
 */
import { createReadStream } from 'node:fs';
import { readFileOf, type Bill } from '../bill/day-bill.ts';
import { BillFault } from '../bill/fault.ts';
import type { BillRow } from '../bill/row.ts';
import { add, nothing, type Counter } from '../matching/count.ts';
import { feesInFen } from '../matching/takings.ts';
import type { Finding } from '../report/finding.ts';
import { differencesOf, differing, type Difference } from './differences.ts';
import type { FlowBill, FlowFile, FundFlow, FundFlowPart } from './fund-flow.ts';
import { readFlow, type FlowRow } from './reader.ts';

interface TiedOut {
  readonly told: FundFlowPart;
  /** Of the account alone. */
  readonly refundsBeside: readonly FlowRow[];
  readonly differences: readonly Difference[];
}

export function createAccount(bill: Bill) {
  const refundIds = new Set<string>();
  const expected = { payments: 0, refunds: 0 };
  /** Of the trade bill, each rounded to the fen, as the account books them. */
  const fees = { payments: 0, refunds: 0 };
  let result: TiedOut | undefined;
  /** By number; what a finding of an order tells is taken out. */
  const untold = new Map<string, Difference>();

  return {
    /** Every row of the trade bill, before both are tied out. */
    note(row: BillRow): void {
      const side = sideOf(row);
      expected[side] += row.settlement_amount;
      fees[side] += feesInFen(row.fee);
      if (row.kind !== 'payment') refundIds.add(row.refund_id);
    },

    /** A fund-flow bill that cannot be read is told as missing. */
    async tieOut(flow: FlowBill): Promise<void> {
      result = 'missing' in flow ? untied(flow) : await tiedOut(flow).catch(unreadable);
      for (const it of result.differences) untold.set(it.id, it);
    },

    /** The same finding, with what the account says of its payment or refund where that is something else. */
    complete(finding: Finding): Finding {
      const id = finding.refund_id ?? finding.transaction_id;
      const its = id === '' ? undefined : untold.get(id);
      if (!its) return finding;
      untold.delete(id);
      return { ...finding, account_amount: its.account_amount };
    },

    /** What no finding has told so far. */
    differences: () => [...untold.values()].map(differing),
    refundsBeside: () => result?.refundsBeside ?? [],
    /** For the report; nothing where the account was not asked for. */
    told: () => ({ ...(result && { fund_flow: result.told }) }),
  };

  async function tiedOut(flow: FlowFile): Promise<TiedOut> {
    const { payments, refunds, closed, beside, others, ...moved } = await movementsIn(flow);
    const isWithoutFees = moved.rows === 0 || fees.payments + fees.refunds === 0;
    const hasFeeRows = isWithoutFees || moved.feeRows > 0;
    const paid = expected.payments - (hasFeeRows ? 0 : fees.payments);
    const back = expected.refunds + (hasFeeRows ? 0 : fees.refunds);
    const off = {
      ...unlessNothing('payments', payments.amount - paid),
      ...unlessNothing('refunds', refunds.amount - beside.sum.amount - back),
      ...(hasFeeRows && unlessNothing('fees', moved.fees - fees.payments - fees.refunds)),
    };
    const isOff = off.payments !== undefined || off.refunds !== undefined;
    const all = isOff ? await differencesIn(flow, hasFeeRows) : [];
    const differences = all.filter((it) => !it.isAtMidnight);
    const at_midnight = nothing();
    for (const it of all) if (it.isAtMidnight) add(at_midnight, it.account_amount - it.bill_amount);
    const told: FundFlow = {
      ...(flow.file && { hash_value: flow.file.hash_value }),
      ...{ rows: moved.rows, payments, refunds },
      ...(closed.count > 0 && { refunds_closed: closed }),
      ...(beside.sum.count > 0 && { refunds_beside: beside.sum }),
      ...(hasFeeRows && { fees: moved.fees }),
      ...(others.size > 0 && { others: Object.fromEntries(others) }),
      ...(Object.keys(off).length > 0 && { off }),
      ...(at_midnight.count > 0 && { at_midnight }),
    };
    return { told, refundsBeside: beside.rows, differences };
  }

  async function movementsIn(flow: FlowFile) {
    const [payments, refunds, closed] = [nothing(), nothing(), nothing()];
    const beside = { rows: [] as FlowRow[], sum: nothing() };
    const others = new Map<string, Counter>();
    const moved = { rows: 0, fees: 0, feeRows: 0 };
    await readMovements(bill, flow, (row) => {
      const { type, change } = row;
      moved.rows += 1;
      switch (type) {
        case '交易':
          return add(payments, change);
        case '退款':
          if (!refundIds.has(row.business_no)) {
            beside.rows.push(row);
            add(beside.sum, -change);
          }
          return add(refunds, -change);
        case '退款关闭':
          return add(closed, change);
        case '扣除交易手续费':
        case '退还交易手续费':
          moved.feeRows += 1;
          moved.fees -= change;
          return;
        default: {
          const other = others.get(type) ?? nothing();
          others.set(type, other);
          return add(other, change);
        }
      }
    });
    return { payments, refunds, closed, beside, others, ...moved };
  }

  async function differencesIn(flow: FlowFile, hasFeeRows: boolean): Promise<Difference[]> {
    const differences = differencesOf();
    await readFileOf(bill, {
      onRow(row) {
        const fee = hasFeeRows ? 0 : feesInFen(row.fee);
        const isPayment = row.kind === 'payment';
        const amount = isPayment ? row.settlement_amount - fee : row.settlement_amount + fee;
        const id = isPayment ? row.transaction_id : row.refund_id;
        differences.of(sideOf(row), id, row).bill_amount += amount;
      },
    });
    await readMovements(bill, flow, (row) => {
      const { type, business_no, change } = row;
      if (type === '交易') differences.of('payments', business_no, row).account_amount += change;
      if (type !== '退款' || !refundIds.has(business_no)) return;
      differences.of('refunds', business_no, row).account_amount -= change;
    });
    return differences.all();
  }
}

function unreadable(error: unknown): TiedOut {
  if (!(error instanceof BillFault)) throw error;
  return untied({ missing: 'unreadable', fault: error.fact });
}

function untied(told: FundFlowPart): TiedOut {
  return { told, refundsBeside: [], differences: [] };
}

async function readMovements(
  { bill_date }: Bill,
  { file }: FlowFile,
  onRow: (row: FlowRow) => void,
): Promise<void> {
  if (!file) return;
  const stream = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  try {
    await readFlow(stream, { bill_date, onRow });
  } finally {
    stream.destroy();
  }
}

function sideOf({ kind }: BillRow): 'payments' | 'refunds' {
  return kind === 'payment' ? 'payments' : 'refunds';
}

function unlessNothing<Name extends string>(name: Name, fen: number): { [Of in Name]?: number } {
  return fen === 0 ? {} : ({ [name]: fen } as { [Of in Name]: number });
}
