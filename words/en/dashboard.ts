/** The dashboard's texts, by the id of each panel: its title, what it means, and its series where they have names of ours. */

export interface PanelWords {
  readonly title: string;
  /** A row has none. */
  readonly description?: string;
  /** In the order of its expressions; absent where labels name them all. */
  readonly series?: readonly string[];
}

export interface DashboardWords {
  readonly title: string;
  readonly description: string;
  readonly panels: Readonly<Record<PanelId, PanelWords>>;
}

const panels = {
  1: {
    title: 'Does anybody have to do something?',
  },
  2: {
    title: 'In trouble',
    description:
      'Orders, refunds and lanes of events that are open in a trouble, or ended so within a day. The views of the web UI name them.',
  },
  3: {
    title: 'Workflows that stand still',
    description:
      'Open workflows whose tasks fail again and again: a mistake in the code, or a codec key that is missing.',
    series: ['workflows'],
  },
  4: {
    title: 'Last reconciled day ended',
    description:
      'How long ago the last day ended that has a report. Between 11 and 35 hours is right.',
    series: ['ago'],
  },
  5: {
    title: 'Until certificates end',
    description:
      'Until the last certificate of each kind ends. A public key of WeChat Pay’s has no end.',
  },
  6: {
    title: 'Programs that answer',
    description: 'How many workers and APIs answer Prometheus.',
    series: ['workers', 'APIs'],
  },
  7: {
    title: 'WeChat Pay',
  },
  8: {
    title: 'Calls by what they came to',
    description:
      'Calls of WeChat Pay in a second. unknown: nobody knows what was done, and each order asks. throttled: too many. misconfigured: our signature is not accepted.',
  },
  9: {
    title: 'How long calls take, 95 of 100',
    description: 'Until WeChat Pay’s verified answer; after 10 s a call is given up.',
  },
  10: {
    title: 'Clocks apart',
    description:
      'How far the machine’s clock is ahead of WeChat Pay’s and Temporal’s, below 0 behind. Beyond 30 s somebody should act, beyond 300 s WeChat Pay takes nothing.',
  },
  11: {
    title: 'Callbacks by what became of them',
    description:
      'Callbacks in a second. taken, known, recovered and asked are right; unverified are forgeries, tests of WeChat Pay’s, or wrong keys.',
  },
  12: {
    title: 'How old callbacks are, 95 of 100',
    description:
      'Between the making of a callback and its arrival. Minutes mean that earlier deliveries failed.',
  },
  13: {
    title: 'Not believed or not opened',
    description:
      'Messages in WeChat Pay’s name that were not believed, by the reason, and callbacks that our APIv3 key does not open.',
    series: ['{{message}} {{reason}}', 'undecryptable'],
  },
  14: {
    title: 'Orders',
  },
  15: {
    title: 'Orders by the phase they reach',
    description:
      'In an hour. creating are those that were opened or taken up; the others follow in minutes, or in as long as a service lasts.',
  },
  16: {
    title: 'Troubles that come',
    description: 'In an hour, by the trouble.',
  },
  17: {
    title: 'Operations by what they came to',
    description: 'In an hour. not_allowed: refused by our rules, refused: by WeChat Pay.',
  },
  18: {
    title: 'How payments are found',
    description:
      'In an hour. query: WeChat Pay had to be asked. Where that is most of them, callbacks do not arrive.',
    series: ['{{found_by}}', 'of an order nobody knows'],
  },
  19: {
    title: 'Reconciliations',
    description: 'In a day, by the result.',
  },
  20: {
    title: 'What bills and orders disagree about',
    description: 'In a day, by the finding. Healed ones need nobody any more.',
  },
  21: {
    title: 'Temporal',
  },
  22: {
    title: 'How long tasks wait',
    description:
      'The oldest task that waits for a worker; of activities also those that wait for their turn at WeChat Pay.',
  },
  23: {
    title: 'Tasks that wait',
    description: 'By what Temporal estimates.',
  },
  24: {
    title: 'Places that are free in workers',
    description: 'Slots for tasks. At 0 for long: run another worker.',
  },
  25: {
    title: 'From schedule to start, 95 of 100',
    description:
      'As workers measure it: how long a workflow’s task waited before a worker took it.',
    series: ['workflow tasks', 'activities'],
  },
  26: {
    title: 'Orders in workers’ memory',
    description: 'The sticky cache: who is not in it is replayed when something comes.',
    series: ['cached'],
  },
  27: {
    title: 'Payloads through the codec',
    description: 'In a second. unreadable must stay 0.',
  },
  28: {
    title: 'The API’s door',
  },
  29: {
    title: 'Requests let in at once',
    description: 'The limit by gate; it follows how soon Temporal and the workers take requests.',
  },
  30: {
    title: 'Requests told to come again',
    description: '429 in a second, by gate.',
  },
  31: {
    title: 'Connections that had to go',
    description: 'In a second, by the bound: somebody floods the API.',
  },
};
type PanelId = keyof typeof panels;

export const dashboard: DashboardWords = {
  title: 'Pay Score orders',
  description: 'Orders, WeChat Pay and Temporal, as docs/operations.md explains the figures.',
  panels,
};
