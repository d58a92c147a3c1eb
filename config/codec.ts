/** The variables of the payload codec, which every program that speaks with Temporal reads. */
import { z } from 'zod';
import type { Given } from './keys.ts';
import { CodecKeyBytes, listOf } from './variables.ts';

export const codec = {
  /** The newest first: it encrypts, and all of them decrypt. */
  CODEC_KEY_FILES: listOf(CodecKeyBytes).optional(),
  /** `off` writes in clear, and reads with whatever keys are given. */
  CODEC_ENCRYPTION: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
};

const MISSING = {
  path: ['CODEC_KEY_FILES'],
  error:
    'is needed: a file with a key (openssl rand -hex 32), under which all that Temporal stores is encrypted; or CODEC_ENCRYPTION=off',
  when: () => true,
};

function isEncryptedUnlessSaid(given: Given): boolean {
  return given['CODEC_KEY_FILES'] !== undefined || given['CODEC_ENCRYPTION'] === 'off';
}

export const ENCRYPTED_UNLESS_SAID = [isEncryptedUnlessSaid, MISSING] satisfies [unknown, object];

/** Without a merchant, nothing of an order is stored. */
export const ENCRYPTED_WITH_MERCHANT = [
  (given: Given) => given['WECHATPAY_MCHID'] === undefined || isEncryptedUnlessSaid(given),
  MISSING,
] satisfies [unknown, object];

/** As the codec takes it. */
export function codecOf(given: {
  readonly CODEC_KEY_FILES?: readonly Buffer[] | undefined;
  readonly CODEC_ENCRYPTION: 'on' | 'off';
}) {
  return {
    secrets: given.CODEC_KEY_FILES ?? [],
    encrypts: given.CODEC_ENCRYPTION === 'on',
  };
}
