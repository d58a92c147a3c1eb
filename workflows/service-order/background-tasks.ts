/** What runs beside the loop, at most one of each kind. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';

/** `pause`: before WeChat Pay is asked again. */
export type BackgroundTask =
  'notification' | 'publication' | 'operation' | 'query' | 'pause' | 'payment' | 'authorization';

export interface BackgroundTasks<Task extends string> {
  run(task: Task, work: () => Promise<void>): void;
  isRunning(task: Task): boolean;
  running(): readonly Task[];
  /** Those of them that are not to end. */
  wanted(): readonly Task[];
  hasFault(): boolean;
  /** Throws what went wrong beside the loop: a mistake of ours fails the task, visible, and mended by a deployment. */
  check(): void;
  /** An attempt that is on its way is waited for all the same. */
  cancel(...tasks: readonly Task[]): void;
}

export function createBackgroundTasks<
  Task extends string = BackgroundTask,
>(): BackgroundTasks<Task> {
  const running = new Map<Task, CancellationScope>();
  let fault: { readonly cause: unknown } | undefined;
  return {
    run(task, work) {
      const scope = new CancellationScope();
      running.set(task, scope);
      const ended = () => void running.delete(task);
      scope.run(work).then(ended, (error: unknown) => {
        ended();
        if (!isCancellation(error)) fault = { cause: error };
      });
    },
    isRunning: (task) => running.has(task),
    running: () => [...running.keys()],
    wanted: () =>
      [...running].flatMap(([task, scope]) => (scope.consideredCancelled ? [] : [task])),
    hasFault: () => fault !== undefined,
    check() {
      if (fault) throw new Error('beside the loop', fault);
    },
    cancel(...tasks) {
      for (const task of tasks) running.get(task)?.cancel();
    },
  };
}
