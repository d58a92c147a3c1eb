/** The schedule of every morning's reconciliation: there, not paused, and for services that a worker can read. */
import { isDeepStrictEqual } from 'node:util';
import { isGrpcServiceError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, UnansweredError, type Found } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';
import { isEncrypted } from '../../temporal/codec/payload-codec.ts';
import { unreadablePayloadIn } from '../../temporal/codec/unreadable-payload.ts';
import { decodeArrayFromPayloads } from '../../temporal/sdk-internals.ts';
import { DAILY, dailyScheduleIdOf } from '../../workflows/contract.ts';
import type { Door } from './door.ts';

const NOT_FOUND = 5;

export interface DailySchedule {
  readonly isPaused: boolean;
  readonly workflowType: string | undefined;
  readonly taskQueue: string | undefined;
  readonly payloads: readonly Payload[];
}

export type DailyScheduleLook = () => Promise<DailySchedule | undefined>;

export function lookForSchedule(examination: Examination, door: Door): DailyScheduleLook {
  return once(async () => {
    const scheduleId = dailyScheduleIdOf(needed(examination, 'WECHATPAY_MCHID'));
    try {
      const { schedule } = await door.ask(({ workflowService }) =>
        workflowService.describeSchedule({ namespace: door.namespace, scheduleId }),
      );
      const start = schedule?.action?.startWorkflow;
      return {
        isPaused: schedule?.state?.paused === true,
        workflowType: start?.workflowType?.name ?? undefined,
        taskQueue: start?.taskQueue?.name ?? undefined,
        payloads: start?.input?.payloads ?? [],
      };
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === NOT_FOUND) return undefined;
      throw error;
    }
  });
}

export function scheduleChecks(
  examination: Examination,
  door: Door,
  look: DailyScheduleLook,
): Check[] {
  const { schedule: words } = examination.words;
  return [
    {
      id: 'daily-schedule',
      async look() {
        const schedule = await look();
        if (!schedule) return fault(words.missing);
        if (schedule.isPaused) return fault(words.paused);
        const isOurs = schedule.workflowType === DAILY && schedule.taskQueue === door.taskQueue();
        return isOurs ? ok(words.right) : fault(words.somethingElse);
      },
    },
    {
      id: 'daily-schedule-argument',
      async look() {
        const schedule = await look();
        if (!schedule) throw new UnansweredError(words.argument.noSchedule);
        return await foundIn(schedule.payloads, examination, door);
      },
    },
  ];
}

async function foundIn(
  payloads: readonly Payload[],
  { config: { services }, words }: Examination,
  door: Door,
): Promise<Found> {
  door.codec();
  const { argument } = words.schedule;
  try {
    const scheduled = await door.ask(({ options }) =>
      decodeArrayFromPayloads(options.loadedDataConverter, [...payloads]),
    );
    if (services && !isDeepStrictEqual(scheduled, services)) {
      return fault(argument.otherServices);
    }
  } catch (error) {
    const unreadable = unreadablePayloadIn(error);
    if (!unreadable) throw error;
    return fault(argument.unreadable(unreadable.keyId));
  }
  const isClear = !payloads.every(isEncrypted);
  return isClear && door.codec().keyId !== undefined ? fault(argument.clear) : ok(argument.right);
}
