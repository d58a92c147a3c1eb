/** All checks, in the order in which they are told. */
import type { DoctorConfig } from '../config/doctor.ts';
import { callbackChecks } from './callback/address.ts';
import { findAll, type Check } from './check.ts';
import { apiKeysCheck } from './configuration/api-keys.ts';
import { fileModesCheck } from './configuration/file-modes.ts';
import { programChecks } from './configuration/programs.ts';
import { reportFolderCheck } from './configuration/report-folder.ts';
import type { Finding } from './finding.ts';
import { merchantKeyChecks } from './keys/merchant.ts';
import { codecKeyChecks } from './temporal/codec-keys.ts';
import { openDoor, type Door } from './temporal/door.ts';
import { namespaceChecks } from './temporal/namespace.ts';
import { lookForSchedule, scheduleChecks } from './temporal/schedule.ts';
import { taskQueueChecks } from './temporal/task-queue.ts';
import { apiV3KeyChecks } from './wechatpay/apiv3-key.ts';
import { createCalls } from './wechatpay/calls.ts';
import { wechatpayClockCheck } from './wechatpay/clock.ts';
import { echoCheck } from './wechatpay/echo.ts';
import { wechatpayKeysCheck } from './wechatpay/key-ends.ts';
import { reachableChecks } from './wechatpay/reachable.ts';
import { serviceCheck } from './wechatpay/service.ts';
import { signatureChecks } from './wechatpay/signatures.ts';
import { signingModeCheck } from './wechatpay/signing-mode.ts';

/** Always the same ids, in the same order. */
export async function examine(
  config: DoctorConfig,
  now: () => Date = () => new Date(),
): Promise<Finding[]> {
  const door = openDoor(config);
  try {
    return await findAll([...ofWechatpay(config, now), ...ofTemporal(config, door, now)]);
  } finally {
    await door.close();
  }
}

function ofWechatpay(config: DoctorConfig, now: () => Date): Check[] {
  const calls = createCalls(config, now);
  return [
    ...programChecks(config),
    ...[fileModesCheck(config), apiKeysCheck(config), reportFolderCheck(config)],
    ...merchantKeyChecks(config, now),
    wechatpayKeysCheck(config, calls, now),
    ...reachableChecks(config, calls),
    wechatpayClockCheck(calls),
    ...signatureChecks(config, calls),
    signingModeCheck(config, calls),
    ...apiV3KeyChecks(config, calls, now),
    echoCheck(config, calls, now),
    serviceCheck(config, calls),
    ...callbackChecks(config, now),
  ];
}

function ofTemporal(config: DoctorConfig, door: Door, now: () => Date): Check[] {
  const schedule = lookForSchedule(config, door);
  return [
    ...namespaceChecks(config, door, now),
    ...taskQueueChecks(door, now),
    ...scheduleChecks(config, door, schedule),
    ...codecKeyChecks(config, door, schedule),
  ];
}
