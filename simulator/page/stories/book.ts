/** Which story is being played, and what was told of it so far: one at a time, the latest is kept. */
import type { Announce } from '../../announcer.ts';
import { saidOf } from '../said.ts';
import type { Words } from '../sentences/catalogue.ts';

export type StoryName = keyof Words['stories']['names'];

/** A sentence in the language of whoever reads it. */
export type Sentence = (stories: Words['stories'], words: Words) => string;

export interface Line {
  readonly afterMs: number;
  readonly sentence: Sentence;
  readonly kind: 'step' | 'end' | 'fault';
}

export interface Story {
  readonly name: StoryName;
  readonly lines: readonly Line[];
  readonly isOver: boolean;
  /** Once it is known. */
  readonly order?: { readonly out_order_no: string; readonly openid: string };
}

/** A story broke off, and why is to be told. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super('the story broke off');
    this.sentence = sentence;
  }
}

export interface Teller {
  say(sentence: Sentence): void;
  about(order: NonNullable<Story['order']>): void;
}

export interface StoryBook {
  latest(): Story | undefined;
  /** False where another one is being played. */
  play(name: StoryName, tell: (teller: Teller) => Promise<void>): boolean;
}

export function createStoryBook(announce: Announce): StoryBook {
  let story: Story | undefined;

  function change(by: (before: Story) => Story): void {
    if (story === undefined) return;
    story = by(story);
    announce({ kind: 'story', key: story.name });
  }

  return {
    latest: () => story,
    play(name, tell) {
      if (story?.isOver === false) return false;
      const begun = performance.now();
      const add = (sentence: Sentence, kind: Line['kind'] = 'step') =>
        change((before) => {
          const line = { afterMs: performance.now() - begun, sentence, kind };
          return { ...before, lines: [...before.lines, line] };
        });
      story = { name, lines: [], isOver: false };
      add(({ began }) => began);
      void tell({ say: add, about: (order) => change((before) => ({ ...before, order })) })
        .then(() => add(({ ends }) => ends[name], 'end'))
        .catch((error: unknown) => add(whyBrokenOff(error), 'fault'))
        .finally(() => change((before) => ({ ...before, isOver: true })));
      return true;
    },
  };
}

function whyBrokenOff(error: unknown): Sentence {
  if (error instanceof StoryError) return error.sentence;
  return ({ brokeOff }, words) => brokeOff(saidOf(error, words));
}
