/** Payments of orders as Temporal lists them: by their day, or by what a bill calls them. */
import type { Temporal } from './client.ts';
import { ofMerchant, runsIn, shownBy, type OrderRun } from './runs.ts';
import type { Trouble } from '../payscore/rules/trouble.ts';
import type { WaiverCode } from '../payscore/rules/waiver.ts';
import { SEARCH_ATTRIBUTES, SERVICE_ORDER, workflowIdOf } from '../workflows/contract.ts';

const PAGE = 1_000;
const { paidAt: PAID_AT, paidAmount: PAID_AMOUNT, waiver: WAIVER } = SEARCH_ATTRIBUTES;
const {
  transactionId: TRANSACTION_ID,
  phase: PHASE,
  completedAt: COMPLETED_AT,
  endedAt: ENDED_AT,
} = SEARCH_ATTRIBUTES;

/** Troubles about money. */
const OWED: readonly Trouble[] = ['refund_due', 'undercollected'];

export interface ListedPayment {
  readonly out_order_no: string;
  /** Absent where WeChat told none. */
  readonly transaction_id?: string;
  /** In fen. */
  readonly amount: number;
  /** When the order's run ended with it, in ms since the epoch. */
  readonly knownAt: number;
  readonly service_id?: string;
  /** Its order is in a trouble about money. */
  readonly isOwed: boolean;
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/**
 * What was paid in this time, in pages. A payment of which WeChat told no time that can be read is of the time at which its order
 * ended with it, so that each is in one time.
 */
export async function* paymentsBetween(
  temporal: Temporal,
  span: Span,
): AsyncIterable<ListedPayment[]> {
  const dated = within(PAID_AT.name, span);
  const undated = `${PAID_AT.name} IS NULL AND ${PAID_AMOUNT.name} > 0 AND ${endedWithin(span)}`;
  for await (const runs of runsOf(temporal, [`((${dated}) OR (${undated}))`])) {
    yield runs.flatMap((run) => {
      const {
        trouble,
        endedAt,
        closeTime: _closeTime,
        paidAmount: amount,
        ...shown
      } = shownBy(temporal, run);
      if (amount === undefined) return [];
      const isOwed = OWED.some((it) => it === trouble);
      // A run that is not listed as ended yet has just learned of it.
      return [{ ...shown, amount, isOwed, knownAt: (endedAt ?? new Date()).getTime() }];
    });
  }
}

export interface ListedWaiver {
  readonly out_order_no: string;
  readonly waiver: WaiverCode;
}

/** Orders that ended in this time, and whose users were let off something, in pages. */
export async function* waivedBetween(
  temporal: Temporal,
  span: Span,
): AsyncIterable<ListedWaiver[]> {
  const conditions = [`${WAIVER.name} IS NOT NULL`, endedWithin(span)];
  for await (const runs of runsOf(temporal, conditions)) {
    yield runs.map((run) => ({
      out_order_no: shownBy(temporal, run).out_order_no,
      waiver: run.typedSearchAttributes.get(WAIVER) as WaiverCode,
    }));
  }
}

/** How many orders WeChat is charging whose completion was begun in this time; without one, those of which it is not known. */
export async function payingSince(temporal: Temporal, { from, to }: Partial<Span>) {
  const { client } = temporal;
  const name = COMPLETED_AT.name;
  const conditions = [
    ...[`WorkflowType = '${SERVICE_ORDER}'`, ofMerchant(temporal), `ExecutionStatus = 'Running'`],
    `${PHASE.name} = 'paying'`,
    ...(from ? [`${name} >= '${from.toISOString()}'`] : []),
    ...(to ? [`${name} < '${to.toISOString()}'`] : []),
    ...(from || to ? [] : [`${name} IS NULL`]),
  ];
  return (await client.workflow.count(conditions.join(' AND '))).count;
}

async function* runsOf(temporal: Temporal, conditions: string[]): AsyncIterable<OrderRun[]> {
  let token: Uint8Array | undefined;
  do {
    const page = await runsIn(temporal, {
      conditions: [ofMerchant(temporal), ...conditions],
      ...{ pageSize: PAGE, token },
    });
    yield page.runs;
    token = page.token;
  } while (token);
}

function within(name: string, { from, to }: Span): string {
  return `${name} >= '${from.toISOString()}' AND ${name} < '${to.toISOString()}'`;
}

/** The run of an order that owes money goes on after its end, which it has noted. */
function endedWithin(span: Span): string {
  const noted = within(ENDED_AT.name, span);
  return `((${noted}) OR (${ENDED_AT.name} IS NULL AND ${within('CloseTime', span)}))`;
}

/** Orders that have one of these transactions, or numbers of orders, as far as Temporal lists them. */
export async function ordersNamed(
  temporal: Temporal,
  names: { readonly transaction_ids: readonly string[]; readonly out_order_nos: readonly string[] },
): Promise<{ readonly out_order_no: string; readonly transaction_id?: string }[]> {
  const ids = names.out_order_nos.map((number) => workflowIdOf(temporal.mchid, number));
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
