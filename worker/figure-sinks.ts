/** Counts and logs what orders and days come to, as their workflows tell it. */
import type { InjectedSinks } from '@temporalio/worker';
import type { Logger } from 'pino';
import { orderFactsOf } from './order-facts.ts';
import type { Metrics } from '../process/metrics.ts';
import { COUNTED, type FigureSinks } from '../workflows/contract.ts';

export interface FigureSinkParts {
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** A task that failed after it had told something tells it again: rare, and no more than one too many. */
export function createFigureSinks({
  metrics,
  logger,
}: FigureSinkParts): InjectedSinks<FigureSinks> {
  metrics.beginAtZero(COUNTED);
  return {
    figures: {
      phaseReached: told((facts, phase) => {
        metrics.countPhase(phase);
        logger.info({ ...facts, phase }, 'an order reached a phase');
      }),
      troubleCame: told((facts, trouble) => {
        metrics.countTrouble(trouble);
        logger.warn({ ...facts, trouble }, 'an order came into trouble');
      }),
      operationConcluded: told((facts, operation, outcome) => {
        metrics.countOperation(operation, outcome);
        logger.info({ ...facts, operation, outcome }, 'an operation was concluded');
      }),
      paymentFound: told((facts, found_by) => {
        metrics.countPayment(found_by);
        logger.info({ ...facts, found_by }, 'an order learned of its payment');
      }),
      dayReconciled: told((facts, result, findings) => {
        metrics.countReconciliation(result);
        for (const [kind, { open, healed }] of Object.entries(findings)) {
          metrics.countFindings(kind, 'open', open);
          metrics.countFindings(kind, 'healed', healed);
        }
        const level = result === 'balanced' ? 'info' : 'warn';
        logger[level]({ ...facts, result }, 'a day was reconciled');
      }),
    },
  };
}

/** Of a worker that counts nothing. Temporal complains of news that nobody takes. */
export const NO_FIGURES: InjectedSinks<FigureSinks> = {
  figures: {
    phaseReached: told(() => undefined),
    troubleCame: told(() => undefined),
    operationConcluded: told(() => undefined),
    paymentFound: told(() => undefined),
    dayReconciled: told(() => undefined),
  },
};

/** What is replayed was told before. */
function told<Args extends readonly unknown[]>(
  note: (facts: Readonly<Record<string, string>>, ...args: Args) => void,
) {
  return {
    callDuringReplay: false,
    fn: ({ workflowId, runId }: { workflowId: string; runId: string }, ...args: Args) =>
      note(orderFactsOf(workflowId, runId), ...args),
  };
}
