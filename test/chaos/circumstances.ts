/** On which side WeChat Pay is in a run wherever its documents are silent or differ: the seed decides. */
import type { Policies, Preset } from '../../simulator/control.ts';
import { diceOf } from './dice.ts';

export interface Circumstances {
  readonly preset: Preset;
  /** What goes before the preset. */
  readonly policies: Partial<Policies>;
}

const OTHERWISE = 0.35;

export function circumstancesOf(seed: number): Circumstances {
  const dice = diceOf(seed, 'circumstances');
  const preset = dice.pick(['usual', 'strict', 'lenient'] as const);
  const drawn = Object.entries(WAYS).flatMap(([name, ways]) => {
    const way = dice.pick<unknown>(ways);
    return dice.chance(OTHERWISE) ? [[name, way]] : [];
  });
  return { preset, policies: { ...Object.fromEntries(drawn), ...FIXED, ...usersOf(seed) } };
}

/** Those by which somebody here decides differently. */
const WAYS = {
  create_package: ['absent', 'present'],
  create_time_check: ['after_repeat', 'before_repeat'],
  complete_repeat: ['same', 'any', 'never'],
  cancel_repeat: ['same', 'any', 'never'],
  modify_repeat: ['same', 'never'],
  sync_repeat: ['same', 'any', 'never'],
  parameter_error: ['both', 'message', 'detail'],
  system_error: ['unsigned', 'signed'],
  unknown_fields: ['ignored', 'refused'],
  end_time_now: ['allowed', 'refused'],
  cancel_while_paying: ['allowed', 'refused'],
  modify_limit: ['none', 'once'],
  modify_equal: ['allowed', 'refused'],
  modify_to_zero: ['done', 'stays', 'paid_zero', 'refused'],
  zero_total_notification: ['none', 'sent'],
  sync_notification: ['none', 'sent'],
  wrong_state_code: ['as_seen', 'INVALID_REQUEST', 'PARAM_ERROR', 'INVALID_ORDER_STATE'],
  order_of_others: ['ORDER_NOT_EXIST', 'INVALID_REQUEST', 'NO_AUTH'],
  second_preparation: ['until_bound', 'always', 'never'],
  authorization_times: ['told', 'absent'],
  echo_text: ['verbatim', 'tidied'],
  order_schedule: ['current', '2020'],
  permission_schedule: ['three_days', 'current', '2020'],
} as const satisfies { readonly [Name in keyof Policies]?: readonly Policies[Name][] };

/** Callbacks go to a port of this machine; and were another body a repetition, nobody could tell whose order it is. */
const FIXED = { notify_url_scheme: 'http_or_https', create_repeat: 'same' } as const;

/** How users are told apart who never authorised, and who open another order's page: each way in every second run. */
function usersOf(seed: number): Pick<Policies, 'never_authorised' | 'authorised_page'> {
  const each = <T>(label: string, ways: readonly T[]): T => diceOf(seed, label).pick(ways);
  return {
    never_authorised: each('never authorised', ['ORDER_NOT_EXIST', 'UNAVAILABLE'] as const),
    authorised_page: each('authorised page', ['binds', 'stays'] as const),
  };
}

/** For people. */
export function wordsOf({ preset, policies }: Circumstances): string {
  const otherwise = Object.entries(policies).map(([name, way]) => `${name} ${way}`);
  return `${preset}; ${otherwise.join(', ')}`;
}
