/** Until when something is valid, and whether somebody should look for its successor. */
import type { DoctorWords } from './examination.ts';
import { fault, ok, warning, type Found } from './finding.ts';

const DAY_MS = 24 * 3_600_000;
/** Those who issue certificates by hand need weeks. */
const SOON_DAYS = 30;

export interface Ending {
  /** `The certificate of the merchant`. */
  readonly what: string;
  readonly validFrom?: Date | undefined;
  readonly validTo: Date;
  readonly now: Date;
  /** What to do as its end comes near. */
  readonly renewal: string;
  readonly soonDays?: number;
}

export function foundByEnd(ending: Ending, { ends }: Pick<DoctorWords, 'ends'>): Found {
  const { what, validFrom, validTo, now, renewal, soonDays = SOON_DAYS } = ending;
  const day = validTo.toISOString().slice(0, 10);
  const left = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  if (left < 0) return fault({ sentence: ends.over(what, day), do: renewal });
  if (validFrom && validFrom > now) {
    return fault(ends.notYet(what, validFrom.toISOString()));
  }
  const sentence = ends.valid(what, day, left);
  return left < soonDays ? warning({ sentence, do: renewal }) : ok(sentence);
}
