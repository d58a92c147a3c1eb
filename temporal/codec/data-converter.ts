/** What every client and worker is given, so that nothing of an order lies in Temporal in clear. */
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { OrderCodec } from './payload-codec.ts';

/** For the workflows' bundle as well. */
export const FAILURE_CONVERTER_PATH = fileURLToPath(
  new URL('failure-converter.cjs', import.meta.url),
);

export function dataConverterOf(codec: OrderCodec) {
  return {
    payloadCodecs: [codec],
    failureConverterPath: FAILURE_CONVERTER_PATH,
  } satisfies DataConverter;
}

/** Under which key what this client sends is encrypted; undefined where it is not. */
export function keyIdOf({ options }: Pick<Client, 'options'>): string | undefined {
  const [codec] = options.loadedDataConverter.payloadCodecs;
  return (codec as OrderCodec | undefined)?.keyId;
}
