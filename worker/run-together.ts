/** Several workers as one: when one of them ends, whyever, the others drain. */
import type { Worker } from '@temporalio/worker';

/** @throws what the first of them ended with, once all have ended */
export async function runTogether(workers: readonly Worker[]): Promise<void> {
  const endings = await Promise.allSettled(
    workers.map(async (worker) => {
      try {
        await worker.run();
      } finally {
        for (const other of workers) if (other.getState() === 'RUNNING') other.shutdown();
      }
    }),
  );
  const failed = endings.find((ending) => ending.status === 'rejected');
  if (failed) throw failed.reason;
}
