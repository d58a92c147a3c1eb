/** What a table of words says of why a day failed. */
import { isDayFailure, type DayFailure, type DayFailureOf } from '../payscore/days/failure.ts';

type Table = { readonly [Type in DayFailure['type']]: (it: DayFailureOf<Type>) => string };

export function dayFailureIn(words: Table) {
  /**
   * @param detail what the failure carries
   * @param own its own words: of WeChat Pay, of the network, of a release before or after this one
   */
  return (detail: unknown, own: string): string =>
    isDayFailure(detail) ? words[detail.type](detail as never) : own;
}
