/** Payments of orders as Temporal lists them: by their day, or by what a bill calls them. */
import type { Temporal } from './client.ts';
import { ofMerchant, runsIn, shownBy } from './runs.ts';
import { SEARCH_ATTRIBUTES, workflowIdOf } from '../workflows/contract.ts';

const PAGE = 1_000;
const { paidAt: PAID_AT, transactionId: TRANSACTION_ID } = SEARCH_ATTRIBUTES;

export interface ListedPayment {
  readonly out_order_no: string;
  readonly transaction_id: string;
  /** In fen. */
  readonly amount: number;
  /** When the order's run ended with it, in ms since the epoch. */
  readonly knownAt: number;
}

/** What was paid in this time, in pages. */
export async function* paymentsBetween(
  temporal: Temporal,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncIterable<ListedPayment[]> {
  const conditions = [
    ofMerchant(temporal),
    `${PAID_AT.name} >= '${from.toISOString()}'`,
    `${PAID_AT.name} < '${to.toISOString()}'`,
  ];
  let token: Uint8Array | undefined;
  do {
    const page = await runsIn(temporal, { conditions, pageSize: PAGE, token });
    yield page.runs.flatMap((run) => {
      const {
        out_order_no,
        transaction_id,
        paidAmount: amount,
        closeTime,
      } = shownBy(temporal, run);
      if (transaction_id === undefined || amount === undefined) return [];
      // A run that is not listed as ended yet has just learned of it.
      return [
        { out_order_no, transaction_id, amount, knownAt: (closeTime ?? new Date()).getTime() },
      ];
    });
    token = page.token;
  } while (token);
}

/** Orders that have one of these transactions, or numbers of orders, as far as Temporal lists them. */
export async function ordersNamed(
  temporal: Temporal,
  names: { readonly transaction_ids: readonly string[]; readonly out_order_nos: readonly string[] },
): Promise<{ readonly out_order_no: string; readonly transaction_id?: string }[]> {
  const ids = names.out_order_nos.map((number) => workflowIdOf(temporal.service.mchid, number));
  const either = [
    ...conditionOf(TRANSACTION_ID.name, names.transaction_ids),
    ...conditionOf('WorkflowId', ids),
  ];
  if (either.length === 0) return [];
  const { runs } = await runsIn(temporal, {
    conditions: [ofMerchant(temporal), `(${either.join(' OR ')})`],
    pageSize: PAGE,
  });
  return runs.map((run) => shownBy(temporal, run));
}

/** A word with a quote would end the text in the filter: none of ours has one. */
function conditionOf(name: string, words: readonly string[]): string[] {
  const safe = words.filter((word) => !word.includes("'"));
  return safe.length === 0 ? [] : [`${name} IN (${safe.map((word) => `'${word}'`).join(', ')})`];
}
