/** Tells the operator when an operation has been kept from its outcome for long, and by what. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { OrderState } from '../service-order/order-state.ts';
import { isSame, type Fact } from '../../payscore/order/fact.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import { UNRESOLVED_MS } from '../../payscore/rules/trouble.ts';
import { words } from '../words.ts';

export interface UnresolvedTimer {
  /**
   * @param why the last one is told
   * @param since RFC 3339, where that was before now
   */
  heldBy(why: Fact, since?: string): void;
  end(): void;
}

/** One timer for an operation, whatever holds it; one that meets nothing costs none. */
export function createUnresolvedTimer(state: OrderState, key: string): UnresolvedTimer {
  let scope: CancellationScope | undefined;
  let reason: Fact | undefined;
  let isLong = false;

  function begin(since: string): void {
    const { progress = {} } = recordOf(state.order, key) ?? {};
    const { heldSince = since } = progress;
    state.apply({ kind: 'progressed', key, progress: { ...progress, heldSince } });
    const left = Date.parse(heldSince) + UNRESOLVED_MS - Date.now();
    scope = new CancellationScope();
    scope
      .run(() => sleep(Math.max(1, left), { summary: words.summaries.timers.unresolved }))
      .then(() => {
        isLong = true;
        tell();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  function tell(): void {
    state.apply({ kind: 'troubled', trouble: 'unresolved', ...(reason && { why: reason }) });
  }

  return {
    heldBy(why, since = new Date().toISOString()) {
      const isNew = !isSame(why, reason);
      reason = why;
      if (!scope) begin(since);
      else if (isLong && isNew) tell();
    },
    end: () => scope?.cancel(),
  };
}
