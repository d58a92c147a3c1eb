/** A lane of events, in the web UI's current details. Terms come as markdown. */

export const events = {
  onTheirWay: (waiting: number, delivered: number) =>
    `Events on their way to business code: ${waiting} wait, the last ${delivered} that were delivered are kept.`,
  parked: (waiting: number, since: string) =>
    `Nobody has taken the first event for three days, and ${waiting} wait. It is parked since ${since}.`,
  endedWith: (why: string) => `It ended with: ${why}`,
  nothing:
    'nothing. See _Pending Activities_ for what the receiver answers; what it does not take is sent again, ever more rarely.',
  mend: (id: string) =>
    `mend the receiver at \`EVENTS_URL\`, then \`POST /v1/events/${id}/resend\`, which tries from the first. The next event of this lane does so as well.`,
  noReceiver: 'EVENTS_URL is not set for this worker',
  waiting: 'Waiting, the first is being sent',
  delivered: 'Delivered last',
  line: (sequence: number, type: string, at: string, id: string) =>
    `${sequence}: ${type} at ${at}, ${id}`,
  terminate: '_Terminate_ loses what waits: business code would have to ask for how things stand.',
};
