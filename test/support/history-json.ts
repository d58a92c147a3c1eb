/** Histories as files: the SDK has it, and does not export it (`temporal/sdk-internals.ts` is what programs need of that kind). */
import * as protoUtils from '@temporalio/common/lib/proto-utils.js';

export const historyToJSON = protoUtils.historyToJSON;
export const historyFromJSON = protoUtils.historyFromJSON;
