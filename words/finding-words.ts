/** What a table of words says of a finding, by what is kept of it: its kind, and whether it was healed. */
import { ownOf } from './own.ts';
import type { Finding, FindingKind } from '../reconciliation/report/finding.ts';

export interface FindingWords {
  readonly cause: string;
  readonly action: string;
}

/** A kind of a later release is told as it is. */
export function findingIn(
  open: Readonly<Record<FindingKind, FindingWords>>,
  healed: Readonly<Partial<Record<FindingKind, FindingWords>>>,
) {
  return (finding: Pick<Finding, 'kind' | 'healed'>): FindingWords => {
    const { kind } = finding;
    const healedWords = finding.healed ? ownOf(healed, kind) : undefined;
    return healedWords ?? ownOf(open, kind) ?? { cause: kind, action: '' };
  };
}
