/**
 * What a story changes beyond its own order, for as long as it is played. It is noted in the journal before it is done, so that
 * the next start takes it back where the process has ended in the middle.
 */
import type { Bills } from '../../bills/bills.ts';
import type { BusinessClock } from '../../business-clock.ts';
import type { Collection } from '../../journal.ts';
import type { NotificationFaults } from '../../notifications/faults.ts';
import type { Faults } from '../../transport/faults.ts';

export interface StoryChange {
  /** Faults that are planned for this order are the story's. */
  readonly out_order_no?: string;
  /** By how much the story has moved the clock, in all. */
  readonly movedMs?: number;
  /** When bills are there: before, and while it is played. */
  readonly readyAt?: { readonly before: string; readonly meanwhile: string };
}

export interface StoryChanges {
  about(out_order_no: string): void;
  /** Business time becomes this moment. */
  setClock(ms: number): void;
  setReadyAt(ready_at: string): void;
  /** Whether the clock is the story's now: nobody else may set it on the page. */
  holdsClock(): boolean;
  callOffFaults(): void;
  /** All of it; what others have changed meanwhile stays. */
  takeBack(): void;
}

export interface StoryChangesParts {
  readonly kept: Collection<StoryChange>;
  readonly clock: BusinessClock;
  readonly bills: Bills;
  readonly faults: Faults;
  readonly notificationFaults: NotificationFaults;
}

const NOTED = 'noted';

export function createStoryChanges(parts: StoryChangesParts): StoryChanges {
  const { kept, clock, bills, faults, notificationFaults } = parts;
  const noted = () => kept.get(NOTED) ?? {};
  const note = (change: StoryChange) => kept.put(NOTED, { ...noted(), ...change });

  function callOffFaults(): void {
    const { out_order_no } = noted();
    if (out_order_no === undefined) return;
    const isOwn = (it: { readonly out_order_no?: string | undefined }) =>
      it.out_order_no === out_order_no;
    faults.planned.remove(isOwn);
    notificationFaults.planned.remove(isOwn);
  }

  return {
    about: (out_order_no) => note({ out_order_no }),
    setClock(ms) {
      note({ movedMs: (noted().movedMs ?? 0) + ms - clock.now() });
      clock.set({ now: new Date(ms) });
    },
    setReadyAt(meanwhile) {
      note({ readyAt: { before: bills.settings().ready_at, meanwhile } });
      bills.configure({ ...bills.settings(), ready_at: meanwhile });
    },
    holdsClock: () => noted().movedMs !== undefined,
    callOffFaults,
    takeBack() {
      const { movedMs, readyAt } = noted();
      if (Object.keys(noted()).length === 0) return;
      callOffFaults();
      // By the difference: time has passed meanwhile, at whatever pace.
      if (movedMs !== undefined) clock.set({ now: new Date(clock.now() - movedMs) });
      if (bills.settings().ready_at === readyAt?.meanwhile) {
        bills.configure({ ...bills.settings(), ready_at: readyAt.before });
      }
      kept.put(NOTED, {});
    },
  };
}
