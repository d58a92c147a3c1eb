/** Temporal: whether it lets us in, its namespace, and who takes tasks. */

const REACH =
  'See that Temporal runs there, TEMPORAL_ADDRESS and TEMPORAL_TLS_… (docs/wechatpay.md, who may reach Temporal).';
const MIGRATE = 'Run migrate; where it may not, set it right in Temporal by hand.';

export const temporal = {
  answers: (address: string) => `Temporal answers at ${address}.`,
  away: (address: string, why: string) => ({
    sentence: `Temporal at ${address}: ${why}.`,
    do: REACH,
  }),
  /** Why, where nothing else is known. */
  nobody: 'nobody answers at this address',
  silent: { sentence: 'Temporal does not answer.', do: 'See temporal-reachable.' },
  nowhere: {
    sentence: 'Where Temporal is, is not known.',
    do: 'See temporal-configuration.',
  },
  noCertificate: 'Temporal asks for no certificate of ours.',
  certificate: 'Our certificate for Temporal',
  renewal: 'Issue the next one, and restart the programs: they read it once.',
  namespace: {
    there: (name: string) => `The namespace ${name} is there.`,
    missing: (name: string) => ({
      sentence: `Temporal has no namespace ${name}.`,
      do: `${MIGRATE} Or see TEMPORAL_NAMESPACE.`,
    }),
    notThere: { sentence: 'The namespace is not there.', do: 'See temporal-namespace.' },
    keeps: (days: number) => `The namespace keeps finished orders for ${days} days.`,
    keepsTooShort: (days: number, wanted: number) => ({
      sentence: `The namespace keeps finished orders for ${days} days, and TEMPORAL_RETENTION_DAYS is ${wanted}.`,
      do: MIGRATE,
    }),
    attributes: (count: number) => `The namespace has all ${count} search attributes.`,
    /** @param lacking with the type of each */
    lacks: (lacking: readonly string[]) => ({
      sentence: `The namespace lacks ${lacking.join(', ')}: an order that sets one comes to a halt.`,
      do: MIGRATE,
    }),
  },
  taskQueue: {
    taken: (name: string) => `Workers take tasks from ${name}.`,
    deserted: (name: string) => ({
      sentence: `No worker takes tasks from ${name}.`,
      do: 'Start the worker, and look at its log; its WECHATPAY_MCHID and TEMPORAL_NAMESPACE must be those of here.',
    }),
  },
};
