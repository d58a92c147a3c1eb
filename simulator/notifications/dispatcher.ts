/** Lets go what is due: under one alarm, a few at a time, and no more at once than can be waited for. */
import type { BusinessClock } from '../business-clock.ts';
import { createDueQueue } from './due-queue.ts';

/** So many receivers are waited for at once; the rest waits its turn. */
const MOST_UNDER_WAY = 200;
/** So many are signed in one go: calls that come meanwhile want to be answered. */
const AT_A_TIME = 4;

export interface Dispatcher {
  /** When it is to go; undefined for never. What is under way is asked again when it is back. */
  set(id: string, dueMs: number | undefined): void;
  /** To be called when `mayGo` may have changed. */
  watch(): void;
}

export interface DispatcherParts {
  readonly clock: Pick<BusinessClock, 'now' | 'runAt'>;
  mayGo(): boolean;
  go(id: string): Promise<void>;
  /** When it is to go again, asked when it is back. */
  dueAgain(id: string): number | undefined;
}

export function createDispatcher({ clock, mayGo, go, dueAgain }: DispatcherParts): Dispatcher {
  const queue = createDueQueue();
  const underWay = new Set<string>();
  let alarm: { readonly dueMs: number; callOff(): void } | undefined;

  function set(id: string, dueMs: number | undefined): void {
    if (dueMs === undefined) queue.remove(id);
    else if (!underWay.has(id)) queue.set(id, dueMs);
    watch();
  }

  /** Sets the one alarm to when something is due next. */
  function watch(): void {
    const isIdle = !mayGo() || underWay.size >= MOST_UNDER_WAY;
    const next = isIdle ? undefined : queue.next();
    if (next === alarm?.dueMs) return;
    alarm?.callOff();
    alarm = next === undefined ? undefined : { dueMs: next, callOff: clock.runAt(next, letSomeGo) };
  }

  function letSomeGo(): void {
    alarm = undefined;
    for (let i = 0; i < AT_A_TIME && underWay.size < MOST_UNDER_WAY; i++) {
      const id = queue.take(clock.now());
      if (id !== undefined) void letGo(id);
    }
    watch();
  }

  async function letGo(id: string): Promise<void> {
    underWay.add(id);
    await go(id);
    underWay.delete(id);
    set(id, dueAgain(id));
  }

  return { set, watch };
}
