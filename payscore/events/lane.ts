/** The lane of an event: its events are delivered one after the other, and wait for nobody else's. The id of each names it. */

export interface EventId {
  readonly lane: string;
  /** Of what it happened to: after a "Reset" the same number is another event. */
  readonly runId: string;
  readonly sequence: number;
}

export const laneOfOrder = (out_order_no: string) => out_order_no;
export const laneOfRefunds = (transaction_id: string) => `refunds:${transaction_id}`;
export const laneOfDay = (bill_date: string) => `reconciliation:${bill_date}`;

/** Without a full stop, which parts what is signed (Standard Webhooks, "Signature scheme"). */
export function eventIdOf({ lane, runId, sequence }: EventId): string {
  return `${lane}:${runId}:${sequence}`;
}

/** Undefined for any other text. */
export function eventIdIn(text: string): EventId | undefined {
  const [, lane, runId, sequence] =
    /^((?:(?:refunds|reconciliation):)?[\w|*-]{1,64}):([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):(\d{1,10})$/.exec(
      text,
    ) ?? [];
  if (lane === undefined || runId === undefined || sequence === undefined) return undefined;
  return { lane, runId, sequence: Number(sequence) };
}
