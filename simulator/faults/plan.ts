/** Faults planned for what is to come; each is used up by what it befalls, in the order of planning. */
import type { Collection } from '../journal.ts';

export interface Plan<F> {
  add(fault: F): void;
  all(): readonly F[];
  /** The first that fits, if any; one of its times is used up. */
  take(fits: (fault: F) => boolean): F | undefined;
  /** Calls off those that fit. */
  remove(fits: (fault: F) => boolean): void;
  clear(): void;
}

export function createPlan<F extends { readonly times: number }>(
  plans: Collection<readonly F[]>,
): Plan<F> {
  const all = () => plans.get('planned') ?? [];

  return {
    add: (fault) => plans.put('planned', [...all(), fault]),
    all,
    take(fits) {
      const taken = all().find(fits);
      if (taken === undefined) return undefined;
      const left = all().flatMap((fault) => {
        if (fault !== taken) return [fault];
        return fault.times === 1 ? [] : [{ ...fault, times: fault.times - 1 }];
      });
      plans.put('planned', left);
      return taken;
    },
    remove(fits) {
      const left = all().filter((fault) => !fits(fault));
      if (left.length < all().length) plans.put('planned', left);
    },
    clear: () => plans.put('planned', []),
  };
}
