/** The stories: looked at, and begun by a click. */
import { Router } from 'express';
import { languageOf } from '../language.ts';
import { PageError } from '../page-error.ts';
import type { Served } from '../served.ts';
import type { Sources } from '../sources.ts';
import { WORDS } from '../sentences/catalogue.ts';
import { createStoryBook, type StoryName } from './book.ts';
import { crossing } from './crossing.ts';
import { cutAnswer } from './cut-answer.ts';
import { firstTime } from './first-time.ts';
import { lostCallback } from './lost-callback.ts';
import { morning } from './morning.ts';
import { plain } from './plain.ts';
import { createStage, type Stage } from './stage.ts';
import { storiesView } from './view.ts';

const STORIES: Readonly<Record<StoryName, (stage: Stage) => Promise<void>>> = {
  plain,
  'first-time': firstTime,
  'lost-callback': lostCallback,
  'cut-answer': cutAnswer,
  crossing,
  morning,
};

const WITHIN_MS = 60_000;

/** @param ended when the simulator is told to end: a story that is being played breaks off */
export function storyRoutes(sources: Sources, { show, act }: Served, ended: AbortSignal): Router {
  const { announcer, merchant, changes } = sources;
  const book = createStoryBook(announcer.announce);
  const router = Router();
  router.get(
    '/',
    show((req) => storiesView(sources, book.latest(), languageOf(req))),
  );
  for (const [name, tell] of Object.entries(STORIES) as [
    StoryName,
    (typeof STORIES)[StoryName],
  ][]) {
    router.post(
      `/${name}`,
      act((req) => {
        const words = WORDS[languageOf(req)];
        if (merchant === undefined) throw new PageError(409, words.noMerchant);
        const parts = { sources, merchant, changes, withinMs: WITHIN_MS, ended };
        const isBegun = book.play(name, (teller) =>
          tell(createStage(parts, teller)).finally(changes.takeBack),
        );
        if (!isBegun) throw new PageError(409, words.stories.busy);
        return {};
      }),
    );
  }
  return router;
}
