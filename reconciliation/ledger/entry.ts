/** What one day's bill leaves for other days to know, one a line; nothing of it names a person. */

export type LedgerEntry =
  /** Of a payment here, as a bill has it. */
  | {
      readonly code: 'refund';
      readonly transaction_id: string;
      /** Of WeChat; else whatever tells it from others of the day. */
      readonly refund_id: string;
      readonly out_refund_no: string;
      readonly out_order_no: string;
      readonly amount: number;
      /** 退款状态, as it was when the bill was made. */
      readonly status: string;
      /** It had been declared, or was due. */
      readonly isAccepted: boolean;
    }
  /** What became of a refund that an earlier bill had as PROCESSING. */
  | {
      readonly code: 'refund_ended';
      readonly transaction_id: string;
      readonly refund_id: string;
      readonly status: 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
    }
  /** An order was charged what must be paid back. */
  | {
      readonly code: 'due';
      readonly out_order_no: string;
      /** Of which it is due; absent where it is more than any one charge. */
      readonly transaction_id?: string;
      readonly amount: number;
      /** Under which it is told while nothing was paid back. */
      readonly finding_id: string;
    }
  /** Agreed with this bill, though the order has it on another day: no other bill may have it. */
  | { readonly code: 'claim'; readonly transaction_id: string }
  /** A further charge of an order: the list of its day has only an order's first. */
  | {
      readonly code: 'further_charge';
      readonly bill_date: string;
      readonly out_order_no: string;
      readonly transaction_id: string;
      readonly amount: number;
      /** When the order learned of it, in ms since the epoch. */
      readonly knownAt: number;
      readonly service_id?: string;
    };

/** With the day whose bill it is from. */
export interface Dated {
  readonly bill_date: string;
  readonly entry: LedgerEntry;
}

export type EntryOf<Code extends LedgerEntry['code']> = Extract<LedgerEntry, { code: Code }>;
