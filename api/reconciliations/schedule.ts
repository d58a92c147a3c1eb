/** The daily schedule, as far as an operator changes it: paused, resumed, triggered. */
import { setTimeout as delay } from 'node:timers/promises';
import { ScheduleNotFoundError, type ScheduleDescription } from '@temporalio/client';
import type { Schedule } from '../../answers/schedule.ts';
import { deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { Problem } from '../http/problems.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { wordsIn } from '../../words/catalogue.ts';
import type { Words } from '../../words/en.ts';
import { LANGUAGES } from '../../words/language.ts';
import { dailyScheduleIdOf } from '../../workflows/contract.ts';

type Handle = ReturnType<Temporal['client']['schedule']['getHandle']>;

/** Somebody else may change it back in the same moment, so the looking ends. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 100;

/** What can be done with it; each may be repeated. The note is for Temporal's web UI, and so in the operator's words. */
export const SCHEDULE_ACTIONS = {
  pause: (schedule: Handle, { answers }: Words) => schedule.pause(answers.schedule.paused),
  resume: (schedule: Handle, { answers }: Words) => schedule.unpause(answers.schedule.resumed),
  trigger: (schedule: Handle) => schedule.trigger(),
} as const;
export type ScheduleAction = keyof typeof SCHEDULE_ACTIONS;

/** @throws {Problem} `no-schedule`, `not-taken` */
export async function onSchedule(
  temporal: Temporal,
  words: Words,
  action?: ScheduleAction,
): Promise<Schedule> {
  const { client, mchid, words: operators } = temporal;
  const schedule = client.schedule.getHandle(dailyScheduleIdOf(mchid));
  try {
    return await withDeadline(temporal, deadlines(temporal).all, async () => {
      if (action) await SCHEDULE_ACTIONS[action](schedule, operators);
      return told(await describedAfter(schedule, action), words);
    });
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) {
      throw new Problem('no-schedule', {
        detail: ({ problems }) => problems.reconciliations.noSchedule,
      });
    }
    throw problemOf(error);
  }
}

/** Temporal takes it at once and does it a moment later: until then the description is that of before. */
async function describedAfter(
  schedule: Handle,
  action: ScheduleAction | undefined,
): Promise<ScheduleDescription> {
  const isPausedThen = action === 'pause' ? true : action === 'resume' ? false : undefined;
  for (let look = 1; ; look++) {
    const description = await schedule.describe();
    const isDone = isPausedThen === undefined || description.state.paused === isPausedThen;
    if (isDone || look === LOOKS) return description;
    await delay(BETWEEN_LOOKS_MS);
  }
}

function told({ scheduleId, state, info }: ScheduleDescription, words: Words): Schedule {
  const [next] = info.nextActionTimes;
  const last = info.recentActions.at(-1);
  return {
    schedule_id: scheduleId,
    is_paused: state.paused,
    ...(state.note !== undefined && state.note !== '' && { note: noteIn(state.note, words) }),
    ...(next && { next_at: rfc3339Of(next) }),
    ...(last && { last_at: rfc3339Of(last.takenAt) }),
  };
}

/** Our own, in whichever language it was written; somebody else's as it is. */
function noteIn(note: string, { answers: { schedule } }: Words): string {
  const { paused, resumed } = schedule;
  const ours = LANGUAGES.map((language) => wordsIn(language).answers.schedule);
  if (ours.some((it) => it.paused === note)) return paused;
  return ours.some((it) => it.resumed === note) ? resumed : note;
}
