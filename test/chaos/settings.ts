/** What a chaos run is told: how many orders, from which seed, how hard. */
import { parseArgs } from 'node:util';
import { circumstancesOf, type Circumstances } from './circumstances.ts';
import { KILLS, type Kill } from './kills.ts';
import { PLANTS, type PlantName } from './plants.ts';
import { STORIES } from './stories.ts';

export interface Settings {
  readonly orders: number;
  readonly seed: number;
  /** How many orders are under way at once. */
  readonly inFlight: number;
  /** The share of WeChat Pay's answers, and of its notifications, that a fault strikes. */
  readonly rate: number;
  readonly notificationRate: number;
  /** Of what is late or slow by chance. */
  readonly maxDelaySeconds: number;
  /** On average, from the end of a repair to the next kill, longer while little is served; 0 for no kills. */
  readonly killEverySeconds: number;
  /** From the first order on; afterwards what was killed is only repaired. */
  readonly killForSeconds: number;
  /** Which kinds. */
  readonly kills: readonly Kill[];
  /** How long what was killed, or cut, is away at most before it is repaired. */
  readonly awaySeconds: number;
  /** With 2, one of the workers is of a release that lacks an activity. */
  readonly releases: 1 | 2;
  readonly circumstances: Circumstances;
  /** The worker's POLL_DELAYS. */
  readonly polls: string;
  /** The share of events that business code does not simply take. */
  readonly receiverRate: number;
  /** How long the world may take, once it is in order again, until nothing is pending: pauses between two looks grow to an hour. */
  readonly settleSeconds: number;
  /** What still waits for a proof when the settling is over: accused in a whole run, let be in a short one. */
  readonly unsettled: 'accused' | 'let be';
  /** Only these paths; all when empty. */
  readonly stories: readonly string[];
  readonly plant: PlantName | undefined;
}

/** Frequent enough that a lost notification is found within the run; the last goes on beyond its end. */
const POLLS = ['2s', '5s', '10s', '20s', ...Array.from({ length: 60 }, () => '30s')].join(',');

export const DEFAULTS: Settings = {
  orders: 200,
  seed: 1,
  inFlight: 50,
  rate: 0.1,
  notificationRate: 0.2,
  maxDelaySeconds: 20,
  killEverySeconds: 25,
  killForSeconds: Infinity,
  kills: KILLS,
  awaySeconds: 3,
  releases: 1,
  circumstances: circumstancesOf(1),
  polls: POLLS,
  receiverRate: 0.4,
  settleSeconds: 4_500,
  unsettled: 'accused',
  stories: [],
  plant: undefined,
};

/** @throws {TypeError} about an argument that does not exist */
export function settingsOf(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string' },
      seed: { type: 'string' },
      'in-flight': { type: 'string' },
      rate: { type: 'string' },
      'notification-rate': { type: 'string' },
      'receiver-rate': { type: 'string' },
      'max-delay': { type: 'string' },
      'kill-every': { type: 'string' },
      'kill-for': { type: 'string' },
      kills: { type: 'string' },
      away: { type: 'string' },
      releases: { type: 'string' },
      polls: { type: 'string' },
      settle: { type: 'string' },
      stories: { type: 'string' },
      plant: { type: 'string' },
    },
  });
  const { polls, stories, plant } = values;
  if (plant !== undefined && !(plant in PLANTS)) {
    throw new TypeError(`--plant is one of ${Object.keys(PLANTS).join(', ')}`);
  }
  const seed = number(values.seed, DEFAULTS.seed);
  return {
    orders: number(values.orders, DEFAULTS.orders),
    seed,
    inFlight: number(values['in-flight'], DEFAULTS.inFlight),
    rate: number(values.rate, DEFAULTS.rate),
    notificationRate: number(values['notification-rate'], DEFAULTS.notificationRate),
    receiverRate: number(values['receiver-rate'], DEFAULTS.receiverRate),
    maxDelaySeconds: number(values['max-delay'], DEFAULTS.maxDelaySeconds),
    killEverySeconds: number(values['kill-every'], DEFAULTS.killEverySeconds),
    killForSeconds: number(values['kill-for'], DEFAULTS.killForSeconds),
    kills: values.kills === undefined ? DEFAULTS.kills : killsNamed(values.kills.split(',')),
    awaySeconds: number(values.away, DEFAULTS.awaySeconds),
    releases: releasesOf(values.releases),
    circumstances: circumstancesOf(seed),
    polls: polls ?? DEFAULTS.polls,
    settleSeconds: number(values.settle, DEFAULTS.settleSeconds),
    unsettled: 'accused',
    stories: stories === undefined ? [] : named(stories.split(',')),
    plant: plant as PlantName | undefined,
  };
}

function named(stories: readonly string[]): readonly string[] {
  const unknown = stories.filter((name) => !(name in STORIES));
  if (unknown.length > 0) throw new TypeError(`--stories knows no ${unknown.join(', ')}`);
  return stories;
}

function killsNamed(names: readonly string[]): readonly Kill[] {
  const known = KILLS.filter((kill) => names.includes(kill));
  if (known.length < names.length) throw new TypeError(`--kills are of ${KILLS.join(', ')}`);
  return known;
}

function releasesOf(given: string | undefined): 1 | 2 {
  const count = number(given, DEFAULTS.releases);
  if (count !== 1 && count !== 2) throw new TypeError('--releases is 1 or 2');
  return count;
}

function number(given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isFinite(value) || value < 0) throw new TypeError(`${given} is not a number`);
  return value;
}
