/** What runs beside the loop, at most one of each kind. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';

export type Strand = 'operation' | 'question' | 'again' | 'poll' | 'user' | 'notification';

export interface Strands {
  run(strand: Strand, work: () => Promise<void>): CancellationScope;
  isRunning(strand: Strand): boolean;
  hasFault(): boolean;
  /** Throws what went wrong beside the loop: a mistake of ours fails the task, visible, and mended by a deployment. */
  check(): void;
  /** Stops whatever can be taken up again; an attempt that is on its way is waited for. */
  stop(): void;
}

export function createStrands(): Strands {
  const running = new Map<Strand, CancellationScope>();
  let fault: { readonly cause: unknown } | undefined;
  return {
    run(strand, work) {
      const scope = new CancellationScope();
      running.set(strand, scope);
      const ended = () => void running.delete(strand);
      scope.run(work).then(ended, (error: unknown) => {
        ended();
        if (!isCancellation(error)) fault = { cause: error };
      });
      return scope;
    },
    isRunning: (strand) => running.has(strand),
    hasFault: () => fault !== undefined,
    check() {
      if (fault) throw new Error('beside the loop', fault);
    },
    stop() {
      for (const strand of ['operation', 'question', 'again'] as const)
        running.get(strand)?.cancel();
    },
  };
}
