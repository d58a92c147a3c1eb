/** Counts and logs what orders and days come to, as their workflows tell it. */
import type { InjectedSinks } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createNews } from './news.ts';
import { orderFactsOf } from './order-facts.ts';
import type { Metrics } from '../process/metrics.ts';
import { COUNTED, type FigureSinks } from '../workflows/contract.ts';

export interface FigureSinkParts {
  readonly metrics: Metrics;
  readonly logger: Logger;
}

export function createFigureSinks({
  metrics,
  logger,
}: FigureSinkParts): InjectedSinks<FigureSinks> {
  metrics.beginAtZero(COUNTED);
  const isNews = createNews();
  return {
    figures: {
      phaseReached: told(
        (facts, phase) => {
          metrics.countPhase(phase);
          logger.info({ ...facts, phase }, 'an order reached a phase');
        },
        (run, phase) => isNews(run, 'phase', phase),
      ),
      troubleCame: told(
        (facts, trouble) => {
          metrics.countTrouble(trouble);
          logger.warn({ ...facts, trouble }, 'an order came into trouble');
        },
        (run, trouble) => isNews(run, 'trouble', trouble),
      ),
      operationConcluded: told(
        (facts, operation, outcome, _key) => {
          metrics.countOperation(operation, outcome);
          logger.info({ ...facts, operation, outcome }, 'an operation was concluded');
        },
        (run, _operation, _outcome, key) => isNews(run, 'operation', key),
      ),
      paymentFound: told(
        (facts, found_by) => {
          metrics.countPayment(found_by);
          logger.info({ ...facts, found_by }, 'an order learned of its payment');
        },
        (run) => isNews(run, 'payment'),
      ),
      dayReconciled: told(
        (facts, result, findings) => {
          metrics.countReconciliation(result);
          for (const [kind, { open, healed }] of Object.entries(findings)) {
            metrics.countFindings(kind, 'open', open);
            metrics.countFindings(kind, 'healed', healed);
          }
          const level = result === 'balanced' ? 'info' : 'warn';
          logger[level]({ ...facts, result }, 'a day was reconciled');
        },
        (run) => isNews(run, 'day'),
      ),
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
  isNews: (runId: string, ...args: Args) => boolean = () => true,
) {
  return {
    callDuringReplay: false,
    fn({ workflowId, runId }: { workflowId: string; runId: string }, ...args: Args) {
      if (isNews(runId, ...args)) note(orderFactsOf(workflowId, runId), ...args);
    },
  };
}
