/** The report of a day: what was compared, to the fen, and what came of it. Money is integer fen. */
import type { Count } from '../matching/count.ts';
import { FINDINGS, type Finding, type FindingKind } from './finding.ts';

/**
 * - `balanced`: the bill and our orders agree, or were brought to agree
 * - `unbalanced`: a person must look at the findings
 */
export type Result = 'balanced' | 'unbalanced';

export interface FindingCount extends Count {
  readonly open: number;
  readonly healed: number;
}

export interface DayReport {
  /** `yyyy-MM-dd`, the day in Beijing. */
  readonly bill_date: string;
  readonly mchid: string;
  readonly result: Result;
  /** The bill as WeChat made it; without rows where the day had none. */
  readonly bill: BillFacts;
  /** What orders here were paid on the day, by what they know. */
  readonly ours: Count;
  /** Rows and orders that agree to the fen. */
  readonly agreed: Count;
  /** Payments of the merchant's other business, and of orders of other services. */
  readonly elsewhere: Count;
  /** Of these, pay score charges whose orders WeChat refused to tell us of (400, 403): another service's. Absent without any. */
  readonly undisclosed?: Count;
  /** Ours that the bill of the day before, or of the day after, has. */
  readonly in_other_bill: Count;
  /** Ours that are in neither so far: the bill of the day after is awaited before they are called missing. */
  readonly awaited: Count;
  readonly findings: Readonly<Partial<Record<FindingKind, FindingCount>>>;
  /** Some of the findings, the open ones first; the store has them all. */
  readonly examples: readonly Finding[];
}

export interface BillFacts {
  /** SHA-1 of the file, as WeChat announced it; undefined where the day had none. */
  readonly hash_value?: string;
  readonly rows: number;
  readonly payments: Count;
  /** With reversals. */
  readonly refunds: Count;
  /** By so many fen the bill's own total of fees (手续费总金额) is more than its rows make, or less; absent where it is not. */
  readonly fee_off?: number;
  /** SHA-1 of the bill that an earlier report of this day was made from, where WeChat has changed it since. */
  readonly replaces?: string;
}

/** Says so where WeChat has changed the bill since an earlier report of the day. */
export function replacing(report: DayReport, earlier: DayReport | undefined): DayReport {
  const before = earlier?.bill;
  const isSame = before?.hash_value === report.bill.hash_value;
  const replaces = isSame ? before?.replaces : before?.hash_value;
  return replaces === undefined ? report : { ...report, bill: { ...report.bill, replaces } };
}

/** A summary goes into history: it must stay small whatever the day. */
const EXAMPLES = 20;

export function createTally() {
  const counts = new Map<FindingKind, { count: number; amount: number; healed: number }>();
  const open: Finding[] = [];
  const healed: Finding[] = [];
  let amountInBill = 0;

  return {
    add(finding: Finding): void {
      const count = counts.get(finding.kind) ?? { count: 0, amount: 0, healed: 0 };
      counts.set(finding.kind, {
        count: count.count + 1,
        amount: count.amount + (finding.bill_amount ?? finding.order_amount ?? 0),
        healed: count.healed + Number(finding.healed),
      });
      if (isPaymentRow(finding)) amountInBill += finding.bill_amount ?? 0;
      const examples = finding.healed ? healed : open;
      if (examples.length < EXAMPLES) examples.push(finding);
    },
    findings(): DayReport['findings'] {
      const entries = FINDINGS.flatMap((kind) => {
        const it = counts.get(kind);
        return it ? [[kind, { ...it, open: it.count - it.healed }] as const] : [];
      });
      return Object.fromEntries(entries);
    },
    examples: () => [...open, ...healed].slice(0, EXAMPLES),
    /** In fen, of the bill's payments. */
    amountInBill: () => amountInBill,
    /** Nothing is left for a person. */
    isClear: () => open.length === 0,
  };
}

function isPaymentRow({ line, refund_id }: Finding): boolean {
  return line !== undefined && refund_id === undefined;
}
