/** Every kind of path, by name. */
import type { Dice } from './dice.ts';
import { DOUBTFUL } from './doubtful-stories.ts';
import { UNAUTHORISED } from './permission-stories.ts';
import { CHANGED } from './change-stories.ts';
import type { Step } from './step.ts';

export type Story = (dice: Dice) => Step[];

export const STORIES = { ...CHANGED, ...UNAUTHORISED, ...DOUBTFUL } satisfies Record<string, Story>;
