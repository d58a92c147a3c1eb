/** Why an event is not sent again. */

export const resending = {
  notAnId: 'The id in the path is not one of an event: it came as the header webhook-id.',
  heldSince: (since: string) =>
    `Of what this event is about, those since ${since} are held; the last 20 of each time that events were delivered are.`,
  noneHeld: (since: string) =>
    `No event of what this one is about is held: those that were delivered before ${since} are not kept any more.`,
};
