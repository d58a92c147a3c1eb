/** The receiver of events. Its address may hold a secret, and is not told. */

export const events = {
  none: 'EVENTS_URL is not set: no events are sent.',
  /** To whom, the doctor cannot try from here. */
  elsewhere: {
    sentence: 'The worker sends events, and its variables are not here.',
    do: 'Run this with the variables of the worker as well, on its machine.',
  },
  listening:
    'Somebody listens at EVENTS_URL. Nothing was sent there: whether events are taken, the first one tells.',
  listeningByTls:
    'Somebody listens at EVENTS_URL, with a certificate that we trust. Nothing was sent there: whether events are taken, the first one tells.',
  silent: (why: string) => ({
    sentence: `Nobody listens at EVENTS_URL (${why}). Nothing was sent there.`,
    do: 'Start the receiver, see EVENTS_URL, and let the worker’s machine out to it. Orders go on; their events wait for it (docs/events.md).',
  }),
  untrusted: (why: string) => ({
    sentence: `Somebody listens at EVENTS_URL, and TLS with it fails (${why}). Nothing was sent there.`,
    do: 'It needs a certificate in force for its name, from an authority that the worker trusts: one of your own is named by NODE_EXTRA_CA_CERTS. Orders go on; their events wait for it (docs/events.md).',
  }),
  /** Why. */
  nothingWithin: (seconds: number) => `nothing within ${seconds} s`,
};
