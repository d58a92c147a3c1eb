/** The policies of a simulator: what its preset, its start and its control say, the last word first. */
import type { Collection } from './journal.ts';
import { DEFAULTS, Policies, type PolicyChange } from './policies.ts';
import { PRESETS, type Preset } from './presets.ts';

export interface PolicyBook {
  now(): Policies;
  change(change: PolicyChange): void;
  /** Back to what the preset and the options of the start say. */
  reset(): void;
  preset(): Preset;
  /** Takes the sides of this one, and what the options say before it; a reset comes back to here. */
  take(preset: Preset): void;
}

export interface PolicyBookParts {
  readonly kept: Collection<Policies>;
  readonly presets: Collection<Preset>;
  /** What was decided before the start is remembered; what is said here goes before it. */
  readonly options: {
    readonly preset?: Preset | undefined;
    readonly policies?: PolicyChange | undefined;
  };
}

export function createPolicies({ kept, presets, options }: PolicyBookParts): PolicyBook {
  const said = sayingOf(options.policies ?? {});
  const preset = () => presets.get('preset') ?? 'usual';
  const base = () => ({ ...DEFAULTS, ...PRESETS[preset()], ...said });
  const now = () => ({ ...base(), ...kept.get('policies') });
  const reset = () => kept.put('policies', Policies.parse(base()));
  const change = (to: PolicyChange) =>
    kept.put('policies', Policies.parse({ ...now(), ...sayingOf(to) }));
  const take = (taken: Preset) => {
    presets.put('preset', taken);
    reset();
  };

  if (options.preset !== undefined && options.preset !== preset()) take(options.preset);
  if (Object.keys(said).length > 0) change(said);
  return { now, change, reset, preset, take };
}

function sayingOf(change: PolicyChange): Partial<Policies> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
