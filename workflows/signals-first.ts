/**
 * Gives a run its signals before its updates. An update that a reset admits anew comes in the order of the history when it is
 * new, and after all signals when it is replayed: the run would be stuck as soon as it leaves its worker's cache. Every other
 * update comes after them both times.
 */
import type { WorkflowInterceptors } from '@temporalio/workflow';

export function interceptors(): WorkflowInterceptors {
  return {
    internals: [
      {
        activate({ activation, ...rest }, next) {
          const jobs = activation.jobs ?? [];
          const isMessage = ({ signalWorkflow, doUpdate }: (typeof jobs)[number]) =>
            Boolean(signalWorkflow ?? doUpdate);
          const messages = jobs.filter(isMessage);
          const inOrder = [
            ...messages.filter(({ signalWorkflow }) => signalWorkflow),
            ...messages.filter(({ doUpdate }) => doUpdate),
          ];
          // In their places: what starts a run stays before them, and what else came after.
          activation.jobs = jobs.map((job) => (isMessage(job) ? (inOrder.shift() ?? job) : job));
          next({ activation, ...rest });
        },
      },
    ],
  };
}
