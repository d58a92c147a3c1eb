/** What a table of words says of why a day failed. */
import { isDayFailure } from '../payscore/days/failure.ts';

type Table = Readonly<Record<string, (it: never) => string>>;

export function dayFailureIn(words: Table) {
  /**
   * @param detail what the failure carries
   * @param own its own words: of WeChat Pay, of the network, of a release before or after this one
   */
  return (detail: unknown, own: string): string => {
    if (!isDayFailure(detail)) return own;
    return words[detail.type]?.(detail as never) ?? own;
  };
}
