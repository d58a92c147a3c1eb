/** The report of a day: what was compared, to the fen, and what came of it. Money is integer fen. */
import type { Bill } from '../bill/day-bill.ts';
import type { BillTotals } from '../bill/totals.ts';
import type { FundFlowPart } from '../fund-flow/fund-flow.ts';
import type { Places } from '../matching/books.ts';
import type { Count } from '../matching/count.ts';
import type { OwnPlaces } from '../matching/own-payments.ts';
import type { Settlement } from '../matching/takings.ts';
import type { WaiverCode } from '../../payscore/rules/waiver.ts';
import { FINDINGS, type Finding, type FindingKind } from './finding.ts';
import type { Made } from './provenance.ts';

/**
 * - `balanced`: the bill and our orders agree, or were brought to agree; what did not was acknowledged
 * - `unbalanced`: a person must look at the findings
 */
export type Result = 'balanced' | 'unbalanced';

export interface FindingCount extends Count {
  readonly open: number;
  readonly healed: number;
  /** Neither open nor healed: somebody had answered for it when the report was made. Absent without any. */
  readonly acknowledged?: number;
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
  /** Ours that the bill of another day has. */
  readonly in_other_bill: Count;
  /** Ours that are in neither so far: the bill of the day after is awaited before they are called missing. */
  readonly awaited: Count;
  /** Both sides, each in parts that make the whole. Reports of before 0.3 have none, nor what follows. */
  readonly sides?: Sides;
  /** What the bill brings, per service. */
  readonly settlement?: Settlement;
  /** What earlier days' orders were charged too much, and no bill has a refund of so far. */
  readonly carried?: Count & { readonly oldest?: string };
  /** Refunds that were declared here, and that the bill has as on their way. */
  readonly refunds_on_their_way?: Count;
  /** The merchant's account against the bill; absent where it was not asked for. */
  readonly fund_flow?: FundFlowPart;
  /** Orders that ended on the day, and were let off what they had been completed with. */
  readonly waivers?: Readonly<Partial<Record<WaiverCode, Count>>>;
  readonly findings: Readonly<Partial<Record<FindingKind, FindingCount>>>;
  /** Some of the findings, the open ones first; the store has them all. */
  readonly examples: readonly Finding[];
  readonly made?: Made;
}

/** Sums of the bill are of 订单金额 and 申请退款金额, those of ours of what orders were charged. */
export interface Sides {
  readonly payments: Places;
  /** With reversals. */
  readonly refunds: Places;
  readonly ours: OwnPlaces;
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

export function billFactsOf({ file }: Bill, totals: BillTotals): BillFacts {
  const { payments, amount, refunds, reversals, refund_amount, fee_off } = totals;
  return {
    ...(file && { hash_value: file.hash_value }),
    rows: payments + refunds + reversals,
    payments: { count: payments, amount },
    refunds: { count: refunds + reversals, amount: refund_amount },
    ...(fee_off !== undefined && { fee_off }),
  };
}

/** The bill that an earlier report of the day was made from, where it was another. */
export function replacedBy(
  hash_value: string | undefined,
  before: Pick<BillFacts, 'hash_value' | 'replaces'> | undefined,
): string | undefined {
  return before?.hash_value === hash_value ? before?.replaces : before?.hash_value;
}

/** A summary goes into history: it must stay small whatever the day. */
const EXAMPLES = 20;

interface Counts {
  readonly count: number;
  readonly amount: number;
  readonly healed: number;
  readonly acknowledged: number;
}

export function createTally(isAcknowledged: (finding: Finding) => boolean = () => false) {
  const counts = new Map<FindingKind, Counts>();
  const open: Finding[] = [];
  const closed: Finding[] = [];

  return {
    add(finding: Finding): void {
      const before = { count: 0, amount: 0, healed: 0, acknowledged: 0 };
      const count = counts.get(finding.kind) ?? before;
      const isAnswered = !finding.healed && isAcknowledged(finding);
      counts.set(finding.kind, {
        count: count.count + 1,
        amount: count.amount + (finding.bill_amount ?? finding.order_amount ?? 0),
        healed: count.healed + Number(finding.healed),
        acknowledged: count.acknowledged + Number(isAnswered),
      });
      const examples = finding.healed || isAnswered ? closed : open;
      if (examples.length < EXAMPLES) examples.push(finding);
    },
    findings(): DayReport['findings'] {
      const entries = FINDINGS.flatMap((kind) => {
        const it = counts.get(kind);
        if (!it) return [];
        const { acknowledged, ...rest } = it;
        const left = { open: it.count - it.healed - acknowledged };
        return [[kind, { ...rest, ...left, ...(acknowledged > 0 && { acknowledged }) }] as const];
      });
      return Object.fromEntries(entries);
    },
    examples: () => [...open, ...closed].slice(0, EXAMPLES),
    /** Nothing is left for a person. */
    isClear: () => open.length === 0,
  };
}
