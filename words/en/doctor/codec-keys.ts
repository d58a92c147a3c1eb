/** The keys under which Temporal's orders are encrypted. */

/** By whom a former key is needed: the schedule, so many orders, or runs that do not tell their key. */
interface Use {
  readonly id: string;
  readonly by: 'schedule' | 'untold' | number;
}

function useIn({ id, by }: Use): string {
  if (by === 'schedule') return `${id} (the daily schedule)`;
  return by === 'untold' ? `${id} (runs that do not tell their key)` : `${id} (${by} orders)`;
}

export const codecKeys = {
  complete: (keyId: string | undefined) =>
    `The codec key ${keyId} encrypts, and no order that goes on needs one that is not here.`,
  missing: (keyId: string) => ({
    sentence: `Orders go on that are encrypted under the codec key ${keyId}, which is not here: the worker does not start.`,
    do: 'Add its file to CODEC_KEY_FILES, behind the newest.',
  }),
  off: {
    sentence: 'CODEC_ENCRYPTION is off: Temporal stores in clear.',
    do: 'See who may read its database.',
  },
  unusable: { sentence: 'The codec keys cannot be used.', do: 'See worker-configuration.' },
  unasked: {
    sentence: 'Orders cannot be asked for their keys.',
    do: 'See search-attributes.',
  },
  noFormer: 'There is no former codec key.',
  stillNeeded: (uses: readonly Use[]) => `Still needed: ${uses.map(useIn).join(', ')}.`,
  free: (ids: readonly string[]) => `Not needed any more: ${ids.join(', ')}.`,
  freeMayGo:
    'What is not needed may be taken out of CODEC_KEY_FILES once every program has the newest key, and then be deleted.',
};
