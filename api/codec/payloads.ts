/** What the web UI and the `temporal` command send to a codec endpoint: payloads in protobuf's JSON, whose bytes are base64. */
import proto from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const Bytes = z.base64();
/** Fields that this does not know are no business of a codec, and are dropped. */
const PayloadJson = z.object({
  metadata: z.record(z.string(), Bytes).optional(),
  data: Bytes.optional(),
});

/** A page of a history has some hundreds. */
const MOST = 10_000;
export const Payloads = z.object({ payloads: z.array(PayloadJson).max(MOST) });

export type PayloadJson = z.infer<typeof PayloadJson>;

export function payloadOf(json: PayloadJson): Payload {
  return PayloadMessage.fromObject(json);
}

export function jsonOf(payload: Payload): PayloadJson {
  return PayloadMessage.toObject(PayloadMessage.fromObject(payload), { bytes: String });
}
