/** A request that no worker takes in time expires: its caller was told 503, and it is not carried out hours later. */
import { isReset } from './reset.ts';

/**
 * After "Reset" Temporal hands over once more what the run had accepted, however long ago: it was promised, so it is kept.
 * What really comes too late looks the same; its caller was told that it may have been taken.
 */
export function isExpired({ notAfter }: { readonly notAfter?: string }): boolean {
  return notAfter !== undefined && Date.now() > Date.parse(notAfter) && !isReset();
}
