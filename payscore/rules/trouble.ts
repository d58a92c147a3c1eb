/** What an operator can filter by: what keeps an order from going its way, in one word. */

/** The gravest first: of several, it is the one that is shown. */
export const TROUBLES = [
  /** Paid although it was cancelled, lowered or settled elsewhere meanwhile: money is owed to the user. */
  'refund_due',
  /** Paid, with less than it was completed with. */
  'undercollected',
  /** WeChat does not accept our calls, and only a person can change that. */
  'misconfigured',
  /** WeChat charges more than was agreed: a correction that it had taken does not show. */
  'amount_raised',
  /** An outcome has been unknown for longer than 10 minutes, or WeChat does not tell what it must. */
  'unresolved',
  /** What was asked for was refused, and nobody waited for the answer. */
  'operation_refused',
  /** In service for longer than the caller expected. */
  'overdue',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** How long an outcome may be unknown before an operator should know. */
export const UNRESOLVED_MS = 600_000;

export function gravest(troubles: readonly Trouble[]): Trouble | undefined {
  return TROUBLES.find((trouble) => troubles.includes(trouble));
}

export function withTrouble(
  troubles: readonly Trouble[],
  change: { readonly add?: Trouble | undefined; readonly remove?: readonly Trouble[] },
): readonly Trouble[] {
  const { add, remove = [] } = change;
  const kept = troubles.filter((trouble) => !remove.includes(trouble) && trouble !== add);
  return add ? [...kept, add] : kept;
}
