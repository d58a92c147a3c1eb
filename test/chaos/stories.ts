/** Every kind of path, by name. */
import { BY_CONSOLE } from './console-stories.ts';
import { CHANGED } from './change-stories.ts';
import { CORRECTED } from './correction-stories.ts';
import type { Dice } from './dice.ts';
import { DOUBTFUL } from './doubtful-stories.ts';
import { ELSEWHERE } from './elsewhere-stories.ts';
import { PAID_OTHERWISE } from './paid-stories.ts';
import { UNAUTHORISED } from './permission-stories.ts';
import type { Step } from './step.ts';
import { TAKEN_OVER } from './takeover-stories.ts';
import { TOLD } from './told-stories.ts';
import { UNTAKEN } from './untaken-stories.ts';

export type Story = (dice: Dice) => Step[];

export const STORIES = {
  ...CHANGED,
  ...CORRECTED,
  ...UNAUTHORISED,
  ...DOUBTFUL,
  ...ELSEWHERE,
  ...TOLD,
  ...TAKEN_OVER,
  ...PAID_OTHERWISE,
  ...BY_CONSOLE,
  ...UNTAKEN,
} satisfies Record<string, Story>;
