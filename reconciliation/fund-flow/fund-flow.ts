/** A day's fund-flow bill as it is brought, and what a report says of it. Money is integer fen. */
import type { Count } from '../matching/count.ts';
import type { BillFaultFact } from '../../payscore/days/bill-fault.ts';

/**
 * Why a day is told without it:
 * - `not_ready`: WeChat Pay is still making it
 * - `refused`: WeChat Pay does not give it to us
 * - `not_arrived`: no answer, or not the bytes that were announced
 * - `unreadable`: its content is not what it should be
 */
export type WhyMissing = 'not_ready' | 'refused' | 'not_arrived' | 'unreadable';

export interface MissingFlow {
  readonly missing: WhyMissing;
  /** What WeChat Pay or the network said. Reports of before 0.3 have a sentence here of what is not readable, too. */
  readonly message?: string;
  /** Of what is not readable. */
  readonly fault?: BillFaultFact;
}

export interface FlowFile {
  /** Unzipped, proven by its hash; undefined where nothing moved on the day. */
  readonly file: { readonly path: string; readonly hash_value: string } | undefined;
}

export type FlowBill = FlowFile | MissingFlow;

/** What moved the merchant's basic account, by 业务类型; amounts above nothing. */
export interface FundFlow {
  /** SHA-1 of the file; absent where nothing moved. */
  readonly hash_value?: string;
  readonly rows: number;
  /** 交易 */
  readonly payments: Count;
  /** 退款 */
  readonly refunds: Count;
  /** 退款关闭: what comes back of refunds that came to nothing. Absent without any. */
  readonly refunds_closed?: Count;
  /** Refunds that the trade bill does not have: out of the available balance (充值退款). Absent without any. */
  readonly refunds_beside?: Count;
  /** 扣除交易手续费 less 退还交易手续费; absent where amounts are told less their fees. */
  readonly fees?: number;
  /** What is no trade, such as 提现, by 业务类型; amounts below nothing left the account. Absent without any. */
  readonly others?: Readonly<Record<string, Count>>;
  /** By so much more the account moved than the trade bill says, or less; absent where both agree. */
  readonly off?: { readonly payments?: number; readonly refunds?: number; readonly fees?: number };
  /** Differences minutes from midnight, which the bill of the next day or of the one before makes up for. */
  readonly at_midnight?: Count;
}

export type FundFlowPart = FundFlow | MissingFlow;
