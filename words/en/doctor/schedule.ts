/** The schedule of every morning's reconciliation, and what it starts with. */

const MIGRATE = 'Run migrate with the variables of WeChat Pay.';

export const schedule = {
  right: 'The schedule starts every morning’s reconciliation.',
  missing: { sentence: 'No schedule starts the daily reconciliation.', do: MIGRATE },
  paused: {
    sentence: 'The schedule of the daily reconciliation is paused.',
    do: 'See its note in Temporal’s web UI, under Schedules, and unpause it.',
  },
  somethingElse: {
    sentence: 'The schedule starts something else than the reconciliation.',
    do: MIGRATE,
  },
  argument: {
    right: 'What the schedule starts with can be read.',
    noSchedule: { sentence: 'There is no schedule.', do: 'See daily-schedule.' },
    otherServices: {
      sentence:
        'The schedule is for other services or another callback address than are configured.',
      do: MIGRATE,
    },
    unreadable: (keyId: string) => ({
      sentence: `What the schedule starts with is encrypted under the codec key ${keyId}, which is not here.`,
      do: 'Add its file to CODEC_KEY_FILES, behind the newest; where it is lost, run migrate.',
    }),
    clear: { sentence: 'What the schedule starts with is not encrypted.', do: MIGRATE },
  },
};
