/** Waits for what happens by itself: looked for whenever something has changed, and given up after a while. */
import type { Announcer } from '../../announcer.ts';
import { StoryError } from './book.ts';
import type { Words } from '../sentences/catalogue.ts';

export type What = (waits: Words['stories']['waits']) => string;

export type Until = <T>(
  what: What,
  check: () => T | undefined | false,
  /** As long as usual unless given. */
  withinMs?: number,
) => Promise<T>;

const LOOK_AFTER_MS = 20;

/**
 * The promise fails with a StoryError that says what did not come, and where to look.
 * @param ended where nobody waits any more: it fails then, with the reason of that
 */
export function createUntil(announcer: Announcer, usualMs: number, ended?: AbortSignal): Until {
  return async (what, check, withinMs = usualMs) => {
    ended?.throwIfAborted();
    let looking: NodeJS.Timeout | undefined;
    let givingUp: NodeJS.Timeout | undefined;
    let unsubscribe = (): void => undefined;
    let leave = (): void => undefined;
    try {
      return await new Promise((resolve, reject) => {
        leave = () => reject(ended?.reason as Error);
        ended?.addEventListener('abort', leave);
        const look = () => {
          looking = undefined;
          try {
            const found = check();
            if (found !== undefined && found !== false) resolve(found);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        unsubscribe = announcer.subscribe(() => (looking ??= setTimeout(look, LOOK_AFTER_MS)));
        givingUp = setTimeout(() => {
          const seconds = Math.round(withinMs / 1000);
          reject(new StoryError(({ notWithin, waits }) => notWithin(what(waits), seconds)));
        }, withinMs);
        look();
      });
    } finally {
      unsubscribe();
      ended?.removeEventListener('abort', leave);
      clearTimeout(looking);
      clearTimeout(givingUp);
    }
  };
}
