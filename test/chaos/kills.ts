/** What can be killed, or cut. */

/** The mean pause between two kills of a kind, in multiples of the setting: by what a repair costs. */
export const PAUSES = {
  connections: 0.7,
  'temporal-connections': 2,
  worker: 2,
  api: 2,
  temporal: 4,
  maintenance: 3,
  receiver: 2,
} as const;

export type Kill = keyof typeof PAUSES;
export const KILLS = Object.keys(PAUSES) as Kill[];
