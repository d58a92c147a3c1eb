/** All checks, in the order in which they are told. */
import { callbackChecks } from './callback/address.ts';
import { findAll, type Check } from './check.ts';
import { apiKeysCheck } from './configuration/api-keys.ts';
import { fileModesCheck } from './configuration/file-modes.ts';
import { programChecks } from './configuration/programs.ts';
import { reportFolderCheck } from './configuration/report-folder.ts';
import { receiverCheck } from './events/receiver.ts';
import type { Examination } from './examination.ts';
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
export async function examine(examination: Examination): Promise<Finding[]> {
  const door = openDoor(examination);
  try {
    const checks = [...ofWechatpay(examination), ...ofTemporal(examination, door)];
    return await findAll(checks, examination.words);
  } finally {
    await door.close();
  }
}

function ofWechatpay(examination: Examination): Check[] {
  const calls = createCalls(examination);
  return [
    ...programChecks(examination),
    ...[fileModesCheck(examination), apiKeysCheck(examination), reportFolderCheck(examination)],
    ...merchantKeyChecks(examination),
    wechatpayKeysCheck(examination, calls),
    ...reachableChecks(examination, calls),
    wechatpayClockCheck(examination, calls),
    ...signatureChecks(examination, calls),
    signingModeCheck(examination, calls),
    ...apiV3KeyChecks(examination, calls),
    echoCheck(examination, calls),
    serviceCheck(examination, calls),
    ...callbackChecks(examination),
    receiverCheck(examination),
  ];
}

function ofTemporal(examination: Examination, door: Door): Check[] {
  const schedule = lookForSchedule(examination, door);
  return [
    ...namespaceChecks(examination, door),
    ...taskQueueChecks(examination, door),
    ...scheduleChecks(examination, door, schedule),
    ...codecKeyChecks(examination, door, schedule),
  ];
}
