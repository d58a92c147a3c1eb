/** How long what was sent may still arrive at WeChat Pay. */

/** A worker that was stopped for longer must not send what is believed to be lost. */
export const SEND_WITHIN_MS = 30_000;

/** An attempt may reach WeChat as long as its signature is valid, 300 s, and a little later by other clocks. */
export const LATE_ARRIVAL_MS = 330_000;

/** When the last of what a run had sent can have arrived, RFC 3339, where that run was broken off at this moment. */
export function arrivedBy(brokenOffAt: string): string {
  return new Date(Date.parse(brokenOffAt) + SEND_WITHIN_MS + LATE_ARRIVAL_MS).toISOString();
}

/** Until when anything of a run that was broken off may arrive, in ms since 1970; 0 where there is no such run. */
export function lastArrivalOf({
  mayArriveUntil,
}: {
  readonly mayArriveUntil?: string | undefined;
}): number {
  return mayArriveUntil === undefined ? 0 : Date.parse(mayArriveUntil);
}
