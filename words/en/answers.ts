/** What answers of the API say to people beside facts and problems. */

export const answers = {
  terminationTaken:
    'Taken, but what WeChat Pay makes of it is not known yet. Repeat the same request to learn it: ' +
    'what is terminated already counts as terminated.',
  temporalAway: 'Temporal does not answer.',
  /** @param ahead in seconds; below nothing, it is behind */
  clockApart: (ahead: number) =>
    `The clock of this machine is at least ${Math.round(Math.abs(ahead))} s ${ahead > 0 ? 'ahead of' : 'behind'} Temporal’s: set it right.`,
  schedule: { paused: 'paused through the API', resumed: 'resumed through the API' },
};
