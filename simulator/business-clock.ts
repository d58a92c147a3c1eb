/**
 * The clock of orders: start, end and payment times, and when a notification is repeated.
 * It runs with real time, faster, or from another moment. Signatures never use it: their time is always real.
 */
import type { Collection } from './journal.ts';

/** Business time runs from `business` since the real moment `real`, `factor` times as fast. */
interface Course {
  readonly real: number;
  readonly business: number;
  readonly factor: number;
}

export interface ClockSetting {
  readonly now?: Date | undefined;
  readonly factor?: number | undefined;
}

export interface BusinessClock {
  /** Milliseconds since the epoch. */
  now(): number;
  factor(): number;
  set(setting: ClockSetting): void;
  /** Runs the task once, as soon as business time has come to `dueMs`; returns how to call it off. */
  runAt(dueMs: number, task: () => void): () => void;
  stop(): void;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function createBusinessClock(
  settings: Collection<Course>,
  factor: number | undefined,
): BusinessClock {
  let course = settings.get('course') ?? { real: Date.now(), business: Date.now(), factor: 1 };
  const alarms = new Set<() => void>();
  const timers = new Map<() => void, NodeJS.Timeout>();

  const now = () => course.business + (Date.now() - course.real) * course.factor;

  function set(setting: ClockSetting): void {
    const business = setting.now?.getTime() ?? now();
    course = { real: Date.now(), business, factor: setting.factor ?? course.factor };
    settings.put('course', course);
    for (const check of alarms) check();
  }

  function runAt(dueMs: number, task: () => void): () => void {
    const callOff = () => {
      clearTimeout(timers.get(check));
      timers.delete(check);
      alarms.delete(check);
    };
    const fire = () => {
      if (now() < dueMs) return check();
      callOff();
      task();
    };
    const check = () => {
      clearTimeout(timers.get(check));
      const waitMs = Math.max(0, Math.ceil((dueMs - now()) / course.factor));
      timers.set(check, setTimeout(fire, Math.min(waitMs, LONGEST_TIMEOUT_MS)));
    };
    alarms.add(check);
    check();
    return callOff;
  }

  if (factor !== undefined && factor !== course.factor) set({ factor });
  return {
    now,
    factor: () => course.factor,
    set,
    runAt,
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      alarms.clear();
    },
  };
}
