/**
 * Between two looks of a poll that is to look soon, in ms: from three a second to ever fewer. A poll that went on at its first pace
 * would take the machine from everything else for as long as its file runs, as would those that earlier tests have left behind.
 */
export const OFTEN: readonly number[] = Array.from({ length: 60 }, (_, nth) =>
  Math.round(300 * 1.12 ** nth),
);
