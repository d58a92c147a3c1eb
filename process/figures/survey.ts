/** What Temporal says of all orders together: levels, where the other figures count events. */
import { Gauge, type Registry } from 'prom-client';

/** What could not be told is undefined. */
export interface SurveyFigures {
  readonly taskFailures: number | undefined;
  /** By the word. */
  readonly troubles: Readonly<Record<string, number>> | undefined;
  /** By the result. */
  readonly reconciliations: Readonly<Record<string, number>> | undefined;
  /** Null where no day has a report. */
  readonly reconciledUntil: Date | null | undefined;
  readonly queues: Readonly<Record<'workflow' | 'activity', QueueFigures>> | undefined;
}

export interface QueueFigures {
  readonly backlog: number;
  readonly ageSeconds: number;
  readonly pollers: number;
}

export function surveyFigures(registry: Registry) {
  const levels = {
    complete: level(
      'payscore_survey_complete',
      'Whether Temporal has told all that it was asked for last: 1, or 0. What it has not told has no figure.',
    ),
    taskFailures: level(
      'payscore_workflows_with_task_failures',
      'Open workflows whose tasks fail again and again: a mistake in this code, or a codec key that is missing.',
    ),
    troubles: level(
      'payscore_orders_in_trouble',
      'Orders, refunds and lanes of events in trouble, by the gravest: the open ones, and those that ended so within a day.',
      'trouble',
    ),
    reconciliations: level(
      'payscore_reconciliations_within_day',
      'Reconciliations that ended within a day, by the result.',
      'result',
    ),
    reconciledUntil: level(
      'payscore_reconciled_until_timestamp_seconds',
      'The end of the last day that has a report, in seconds since 1970.',
    ),
    backlog: level(
      'payscore_task_queue_backlog',
      'Tasks that wait for a worker; among activities also those that wait for their turn at WeChat Pay.',
      'tasks',
    ),
    age: level(
      'payscore_task_queue_backlog_age_seconds',
      'How long the oldest of the tasks has waited.',
      'tasks',
    ),
    pollers: level(
      'payscore_task_queue_pollers',
      'Pollers of workers that Temporal has heard of within five minutes.',
      'tasks',
    ),
  };

  function level(name: string, help: string, label?: string): Level {
    const labelNames = label === undefined ? [] : [label];
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    const forget = () => {
      gauge.reset();
      // Without labels, 0 would stand there, which nobody has said.
      if (label === undefined) gauge.remove();
    };
    forget();
    return (values) => {
      forget();
      if (typeof values === 'number') gauge.set(values);
      else
        for (const [word, value] of Object.entries(values ?? {}))
          gauge.set({ [String(label)]: word }, value);
    };
  }

  return {
    noteSurvey(survey: SurveyFigures): void {
      const { taskFailures, troubles, reconciliations, reconciledUntil, queues } = survey;
      levels.complete(Number(Object.values(survey).every((told) => told !== undefined)));
      levels.taskFailures(taskFailures);
      levels.troubles(troubles);
      levels.reconciliations(reconciliations);
      levels.reconciledUntil(reconciledUntil ? reconciledUntil.getTime() / 1_000 : undefined);
      levels.backlog(queues && each(queues, ({ backlog }) => backlog));
      levels.age(queues && each(queues, ({ ageSeconds }) => ageSeconds));
      levels.pollers(queues && each(queues, ({ pollers }) => pollers));
    },
  };
}

/** One value, or one for each word; nothing where it was not told. */
type Level = (values: number | Readonly<Record<string, number>> | undefined) => void;

function each(
  queues: Readonly<Record<string, QueueFigures>>,
  figure: (queue: QueueFigures) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(queues).map(([tasks, queue]) => [tasks, figure(queue)]));
}
