/** What WeChat Pay's ledger says was done to an order, and by which request that could have been asked for. */
import { amountOf, isOf, type Deed, type Entry } from './book.ts';
import type { Evidence } from './evidence.ts';

const EFFECTS = {
  completed: 'complete',
  modified: 'modify',
  cancelled: 'cancel',
  synced: 'sync',
} as const;
type Effect = keyof typeof EFFECTS;

/** The operation that makes such an event; undefined for what people and time do. */
export function operationOf(event: string): (typeof EFFECTS)[Effect] | undefined {
  return EFFECTS[event as Effect];
}

export function eventsOf({ wechat }: Evidence, event: string) {
  return (wechat?.ledger ?? []).filter((it) => it.event === event);
}

/** What somebody else has done, by its event. */
const BY_OTHERS = {
  completed: 'completed elsewhere',
  modified: 'modified elsewhere',
  cancelled: 'cancelled elsewhere',
} as const satisfies Partial<Record<Effect, Deed['kind']>>;

export function isByOthers(evidence: Evidence, event: string, total: number): boolean {
  if (event === 'synced') return partsOf(evidence).some(({ by }) => by === 'counter');
  const kind = BY_OTHERS[event as keyof typeof BY_OTHERS];
  return (
    kind !== undefined &&
    deedsOf(evidence, kind).some(({ amount }) => amount === undefined || amount === total)
  );
}

/** What the user has paid, and how. */
export function partsOf(evidence: Evidence): Deed[] {
  return deedsOf(evidence, 'paid');
}

/** Fen that left the user's account. */
export function chargedIn({ wechat }: Evidence): number {
  return (wechat?.ledger ?? []).reduce((sum, { charged }) => sum + charged, 0);
}

export function fits(entry: Entry, total: number): boolean {
  const amount = amountOf(entry);
  return amount === undefined || amount === total;
}

/** Its effect is there, whoever asked for it. */
export function isInLedger(evidence: Evidence, entry: Entry): boolean {
  // Given up before WeChat Pay knew of it.
  if (isOf(entry, 'cancel') && evidence.wechat === undefined) return true;
  const event = Object.keys(EFFECTS).find((it) => operationOf(it) === entry.request.operation);
  return eventsOf(evidence, event ?? '').some(({ total_amount }) => fits(entry, total_amount));
}

/** Of this order, of these kinds. */
export function deedsOf(
  { deeds, out_order_no }: Evidence,
  ...kinds: readonly Deed['kind'][]
): Deed[] {
  return deeds.filter((it) => it.out_order_no === out_order_no && kinds.includes(it.kind));
}
