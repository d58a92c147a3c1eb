/** The path of an order: which story, and its own course through it. The same seed and number make the same path. */
import { diceOf } from './dice.ts';
import { PAID_OTHERWISE } from './paid-stories.ts';
import type { Path } from './step.ts';
import { STORIES, type Story } from './stories.ts';
import { TAKEN_OVER } from './takeover-stories.ts';
import { tellingOf } from './tellings.ts';
import { UNTAKEN } from './untaken-stories.ts';

const SHORT = { ...TAKEN_OVER, ...UNTAKEN };

export function pathOf(seed: number, index: number, only: readonly string[]): Path {
  const dice = diceOf(seed, `path ${index}`);
  const names = Object.keys(STORIES).filter((name) => only.length === 0 || only.includes(name));
  // In turns, so that even a short run knows them all.
  const story = names[index % names.length]!;
  const telling = tellingOf(diceOf(seed, `telling ${index}`), story in PAID_OTHERWISE);
  const tell: Story = STORIES[story as keyof typeof STORIES];
  return {
    story,
    openid: `oChaos${dice.hex(22)}`,
    deadlines: {
      authorization_seconds: dice.pick([60, 60, 120]),
      creation_seconds: dice.pick(story in SHORT ? [10, 10, 60] : [10, 60, 120, 300]),
    },
    ...(telling && { telling }),
    steps: tell(dice),
  };
}
