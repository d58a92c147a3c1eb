/** The schedule of every morning's reconciliation: there, not paused, and for services that a worker can read. */
import { isDeepStrictEqual } from 'node:util';
import { isGrpcServiceError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError, type Found } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';
import { isEncrypted } from '../../temporal/codec/payload-codec.ts';
import { unreadablePayloadIn } from '../../temporal/codec/unreadable-payload.ts';
import { decodeArrayFromPayloads } from '../../temporal/sdk-internals.ts';
import { DAILY, dailyScheduleIdOf } from '../../workflows/contract.ts';
import type { Door } from './door.ts';

const NOT_FOUND = 5;
const MIGRATE = 'Run migrate with the variables of WeChat Pay.';

export interface DailySchedule {
  readonly isPaused: boolean;
  readonly workflowType: string | undefined;
  readonly taskQueue: string | undefined;
  readonly payloads: readonly Payload[];
}

export type DailyScheduleLook = () => Promise<DailySchedule | undefined>;

export function lookForSchedule(config: DoctorConfig, door: Door): DailyScheduleLook {
  return once(async () => {
    const scheduleId = dailyScheduleIdOf(needed(config, 'WECHATPAY_MCHID'));
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

export function scheduleChecks(config: DoctorConfig, door: Door, look: DailyScheduleLook): Check[] {
  return [
    {
      id: 'daily-schedule',
      async look() {
        const schedule = await look();
        if (!schedule) return fault('No schedule starts the daily reconciliation.', MIGRATE);
        if (schedule.isPaused) {
          return fault(
            'The schedule of the daily reconciliation is paused.',
            'See its note in Temporal’s web UI, under Schedules, and unpause it.',
          );
        }
        const isOurs = schedule.workflowType === DAILY && schedule.taskQueue === door.taskQueue();
        return isOurs
          ? ok('The schedule starts every morning’s reconciliation.')
          : fault('The schedule starts something else than the reconciliation.', MIGRATE);
      },
    },
    {
      id: 'daily-schedule-argument',
      async look() {
        const schedule = await look();
        if (!schedule) throw new UnansweredError('There is no schedule.', 'See daily-schedule.');
        return await foundIn(schedule.payloads, config, door);
      },
    },
  ];
}

async function foundIn(
  payloads: readonly Payload[],
  { services }: DoctorConfig,
  door: Door,
): Promise<Found> {
  door.codec();
  try {
    const scheduled = await door.ask(({ options }) =>
      decodeArrayFromPayloads(options.loadedDataConverter, [...payloads]),
    );
    if (services && !isDeepStrictEqual(scheduled, services)) {
      return fault(
        'The schedule is for other services or another callback address than are configured.',
        MIGRATE,
      );
    }
  } catch (error) {
    const unreadable = unreadablePayloadIn(error);
    if (!unreadable) throw error;
    return fault(
      `What the schedule starts with is encrypted under the codec key ${unreadable.keyId}, which is not here.`,
      'Add its file to CODEC_KEY_FILES, behind the newest; where it is lost, run migrate.',
    );
  }
  const isClear = !payloads.every(isEncrypted);
  return isClear && door.codec().keyId !== undefined
    ? fault('What the schedule starts with is not encrypted.', MIGRATE)
    : ok('What the schedule starts with can be read.');
}
