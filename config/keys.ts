/** The variables by which both programs know WeChat Pay's keys, and what they come to: a verifier's keys. */
import { createPublicKey, KeyObject } from 'node:crypto';
import { z } from 'zod';
import { ApiV3Key, CertificatePem, listOf, Moment, PublicKeyPem } from './variables.ts';
import { createVerificationKeys } from '../wechatpay/keys.ts';

/** WeChat's keys: what both processes need to tell WeChat Pay from anybody else. */
export const verification = {
  WECHATPAY_MCHID: z.string().regex(/^\d{8,10}$/, 'must be 8 to 10 digits'),
  WECHATPAY_SERIAL_NO: z
    .string()
    .regex(/^[0-9A-F]{16,40}$/, 'must be the certificate serial in upper-case hex'),
  WECHATPAY_PUBLIC_KEY_ID: z
    .string()
    .regex(/^PUB_KEY_ID_\w+$/, 'must start with PUB_KEY_ID_')
    .optional(),
  WECHATPAY_PUBLIC_KEY_FILE: PublicKeyPem.optional(),
  WECHATPAY_CERTIFICATE_FILES: listOf(CertificatePem).optional(),
  /** `download`: the worker fetches the platform certificates and keeps them current, the API asks it for them. */
  WECHATPAY_CERTIFICATES: z.enum(['files', 'download']).default('files'),
  WECHATPAY_APIV3_PREVIOUS_KEY_FILE: ApiV3Key.optional(),
  WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: Moment.optional(),
};

/** Rules between variables are checked beside other faults, so they see what was given, read or not. */
export type Given = Readonly<Record<string, unknown>>;

export function withKeys<T extends z.ZodObject<typeof verification>>(schema: T) {
  return schema
    .refine(hasAnyKey, {
      path: ['WECHATPAY_PUBLIC_KEY_FILE'],
      error:
        'or WECHATPAY_CERTIFICATE_FILES or WECHATPAY_CERTIFICATES=download is needed, to verify WeChat Pay',
      when: () => true,
    })
    .refine(
      (given: Given) =>
        has(given, 'APIV3_PREVIOUS_KEY_FILE') === has(given, 'APIV3_PREVIOUS_KEY_UNTIL'),
      {
        path: ['WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL'],
        error: 'and WECHATPAY_APIV3_PREVIOUS_KEY_FILE go together',
        when: () => true,
      },
    )
    .refine((given: Given) => has(given, 'PUBLIC_KEY_FILE') === has(given, 'PUBLIC_KEY_ID'), {
      path: ['WECHATPAY_PUBLIC_KEY_ID'],
      error: 'and WECHATPAY_PUBLIC_KEY_FILE go together',
      when: () => true,
    })
    .transform((given, context) => {
      const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_PUBLIC_KEY_FILE: pem } = given;
      try {
        const verificationKeys = createVerificationKeys({
          publicKey: id !== undefined && pem !== undefined ? { id, pem } : undefined,
          certificates: given.WECHATPAY_CERTIFICATE_FILES,
          ownSerial: given.WECHATPAY_SERIAL_NO,
          ownKey: ownKeyIn(given),
        });
        return { ...given, verificationKeys, previousApiV3Key: previousKeyIn(given) };
      } catch (error) {
        const { message } = error as Error;
        const kind = given.WECHATPAY_CERTIFICATE_FILES ? 'CERTIFICATE_FILES' : 'PUBLIC_KEY_FILE';
        context.addIssue({ code: 'custom', path: [`WECHATPAY_${kind}`], message });
        return z.NEVER;
      }
    });
}

function hasAnyKey(given: Given): boolean {
  const isDownloaded = given['WECHATPAY_CERTIFICATES'] === 'download';
  return isDownloaded || has(given, 'PUBLIC_KEY_FILE') || has(given, 'CERTIFICATE_FILES');
}

/** The worker holds the merchant's private key; the API does not. */
function ownKeyIn(given: Given): KeyObject | undefined {
  const { WECHATPAY_PRIVATE_KEY_FILE: key } = given;
  return key instanceof KeyObject ? createPublicKey(key) : undefined;
}

function previousKeyIn(given: {
  WECHATPAY_APIV3_PREVIOUS_KEY_FILE?: Buffer | undefined;
  WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL?: Date | undefined;
}) {
  const { WECHATPAY_APIV3_PREVIOUS_KEY_FILE: key, WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: until } =
    given;
  return key && until ? { key, until } : undefined;
}

export function has(given: Given, name: string): boolean {
  return given[`WECHATPAY_${name}`] !== undefined;
}
