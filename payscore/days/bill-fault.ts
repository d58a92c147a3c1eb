/**
 * What is wrong with a bill, as a code with its values: words are found where it is shown (`words/`). No cell of a row is
 * among them: users' openids and merchants' data are.
 */

export interface BillPlace {
  /** In the file, from 1. */
  readonly line?: number;
  /** By the text above it; by its place, from 1, where that text is not told. */
  readonly column?: string | number;
}

export interface BillFaultFact extends BillPlace {
  /** Of the file, where it is not said otherwise. */
  readonly bill_date?: string;
  readonly because: BillFaultCause;
}

/** Amounts and counts as the bill writes them. */
export type BillFaultCause =
  | { readonly code: 'too_long' }
  | { readonly code: 'after_totals' }
  | { readonly code: 'empty' }
  | { readonly code: 'without_totals' }
  | {
      readonly code: 'width';
      readonly of: 'row' | 'movement' | 'totals';
      readonly found: number;
      readonly expected: number;
    }
  | { readonly code: 'not_on'; readonly bill_date: string }
  | { readonly code: 'none_on'; readonly bill_date: string }
  | { readonly code: 'no_time' }
  | { readonly code: 'unknown_state' }
  | { readonly code: 'other_merchant' }
  | { readonly code: 'not_of_row' }
  | { readonly code: 'no_number'; readonly decimals: number }
  | { readonly code: 'negative' }
  | { readonly code: 'no_backtick' }
  | { readonly code: 'no_direction' }
  | { readonly code: 'off'; readonly stated: string; readonly made: string }
  | OfLayout[LayoutFault];

type OfLayout = {
  readonly [Code in LayoutFault]: { readonly code: Code; readonly layout: 'early' | 'new' };
};

/** What is wrong with the columns of a layout that is not known: an early one, or one to come. */
export type LayoutFault = 'unknown_column' | 'column_twice' | 'column_missing';
