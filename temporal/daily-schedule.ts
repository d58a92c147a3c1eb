/** The schedule that starts every morning's reconciliation and sweep. */
import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { unreadablePayloadIn } from './codec/unreadable-payload.ts';
import type { Services } from '../payscore/order/opening.ts';
import { DAILY, dailyScheduleIdOf, taskQueueOf } from '../workflows/contract.ts';
import { EN, type Words } from '../words/en.ts';

/** WeChat has the bill of the day before at 10:00 (下载账单注意事项); a little later, and not with everybody else. */
const AT = { hour: 10, minute: 17 } as const;
/** Each morning looks after the days before it, so that one that was missed for long needs no start of its own. */
const CATCH_UP = '6 hours';

export interface DailySchedule {
  /** The operator's: what the web UI calls the runs. */
  readonly words?: Words;
  readonly catchupWindow?: Duration;
}

/** Creates the schedule, or brings one that is there up to date; whether it is paused, and why, stays. */
export async function prepareDailySchedule(
  client: Client,
  services: Services,
  { words = EN, catchupWindow = CATCH_UP }: DailySchedule = {},
): Promise<void> {
  const { scheduleId, spec, action, policies } = scheduleOf(services, words, catchupWindow);
  try {
    await client.schedule.create({ scheduleId, spec, action, policies });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const schedule = client.schedule.getHandle(scheduleId);
    try {
      await schedule.update(({ state }) => ({ spec, action, policies, state }));
    } catch (unreadable) {
      if (!unreadablePayloadIn(unreadable)) throw unreadable;
      const state = await stateOf(client, scheduleId);
      await schedule.delete();
      await client.schedule.create({ scheduleId, spec, action, policies, state });
    }
  }
}

/** Of a schedule whose argument lies under a key that is gone: nothing of it is needed but whether it is paused, and why. */
async function stateOf({ workflowService, options }: Client, scheduleId: string) {
  const { namespace } = options;
  const { schedule } = await workflowService.describeSchedule({ namespace, scheduleId });
  const { paused, notes } = schedule?.state ?? {};
  return { paused: paused ?? false, ...(notes && { note: notes }) };
}

function scheduleOf(services: Services, { summaries }: Words, catchupWindow: Duration) {
  const [{ mchid }] = services;
  const scheduleId = dailyScheduleIdOf(mchid);
  return {
    scheduleId,
    spec: { calendars: [AT], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow',
      workflowType: DAILY,
      workflowId: scheduleId,
      taskQueue: taskQueueOf(mchid),
      args: [...services],
      staticSummary: summaries.daily,
    },
    // One that is still there only waits for a worker, and will do what the next would.
    policies: { overlap: 'SKIP', catchupWindow, pauseOnFailure: false },
  } satisfies ScheduleOptions;
}
