/** Until when something is valid. */

export const ends = {
  over: (what: string, day: string) => `${what} has ended on ${day}.`,
  notYet: (what: string, first: string) => ({
    sentence: `${what} is not valid before ${first}.`,
    do: 'Look at the clock of this machine.',
  }),
  valid: (what: string, day: string, left: number) =>
    `${what} is valid until ${day}, for ${left} more days.`,
};
