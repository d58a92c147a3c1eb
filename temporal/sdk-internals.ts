/**
 * What Temporal's SDK has and does not export: the only place that imports its private files, which may move with any release (all
 * of them are at one exact version). Raw calls of its service, which tell and take more than its client does, speak in these.
 */
import * as helpers from '@temporalio/client/lib/helpers.js';
import * as codec from '@temporalio/common/lib/internal-non-workflow/index.js';
import * as time from '@temporalio/common/lib/time.js';

/** From protobuf's timestamps and durations to ms, and back. */
export const tsToMs = time.tsToMs;
export const msToTs = time.msToTs;

/** A run as Temporal lists it, as the client's own list would give it. */
export const executionInfoFromRaw = helpers.executionInfoFromRaw;

/** Through the client's data converter, and its codecs. */
export const encodeToPayloads = codec.encodeToPayloads;
export const decodeArrayFromPayloads = codec.decodeArrayFromPayloads;
