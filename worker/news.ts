/**
 * Tells what is new of a run from what it has just said. A message that comes while a task ends the run has that task done once more
 * (`UnhandledCommand`): a payment is then told twice, by its callback and by the question that found it.
 */
const FORGOTTEN_MS = 60_000;
/** As many as a busy worker hears in that time. */
const MOST = 20_000;

/** Whether this run has not said the same within a minute. Another worker that does the task once more cannot know. */
export type News = (runId: string, ...said: readonly string[]) => boolean;

export function createNews(now: () => number = () => performance.now()): News {
  /** When each was said, the oldest first. */
  const heard = new Map<string, number>();

  return (runId, ...said) => {
    for (const [old, at] of heard) {
      if (heard.size <= MOST && now() - at < FORGOTTEN_MS) break;
      heard.delete(old);
    }
    const words = JSON.stringify([runId, ...said]);
    if (heard.has(words)) return false;
    heard.set(words, now());
    return true;
  };
}
