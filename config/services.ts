/** Which apps and Pay Score services of the merchant are served: one by two variables, or several by a list. */
import { z } from 'zod';
import type { Given } from './keys.ts';
import { listOf, NotifyUrl } from './variables.ts';

const Appid = z.string().regex(/^wx\w{1,30}$/, 'must be an appid, wx…');
const ServiceId = z.string().regex(/^\d{1,32}$/, 'must be up to 32 digits');

/** An app and a service that its users have. */
export interface Pair {
  readonly appid: string;
  readonly service_id: string;
}

/** `wx…/500…`; what stands beside it is no part of either. */
const PairText = z
  .string()
  .regex(/^wx\w{1,30}\/\d{1,32}$/, 'must be pairs of appid and service id, wx…/500…')
  .transform((text): Pair => {
    const [appid = '', service_id = ''] = text.split('/');
    return { appid, service_id };
  });

const Pairs = listOf(PairText)
  .refine(
    (pairs) => new Set(pairs.map(textOf)).size === pairs.length,
    'must name no pair of appid and service id twice',
  )
  .transform((pairs) => pairs as [Pair, ...Pair[]]);

function textOf({ appid, service_id }: Pair): string {
  return `${appid}/${service_id}`;
}

/** Whose orders these are, beside the merchant. */
export const services = {
  WECHATPAY_APPID: Appid.optional(),
  WECHATPAY_SERVICE_ID: ServiceId.optional(),
  /** The first is meant where none is named. */
  WECHATPAY_SERVICES: Pairs.optional(),
  WECHATPAY_NOTIFY_URL: NotifyUrl,
};

const ONE = ['WECHATPAY_APPID', 'WECHATPAY_SERVICE_ID'] as const;

/** Two answers to one question: which of them was forgotten, nobody could tell. */
export const ONE_WAY = [
  (given: Given) =>
    given['WECHATPAY_SERVICES'] === undefined || ONE.every((name) => given[name] === undefined),
  {
    path: ['WECHATPAY_SERVICES'],
    error: 'has all of them: WECHATPAY_APPID and WECHATPAY_SERVICE_ID are not given beside it',
    when: () => true,
  },
] satisfies [unknown, object];

/** Those of the two that are missing, unless there is a list. */
export function lackingIn(given: Given): readonly string[] {
  if (given['WECHATPAY_SERVICES'] !== undefined) return [];
  return ONE.filter((name) => given[name] === undefined);
}

const needed = (name: (typeof ONE)[number]) =>
  [
    (given: Given) => !lackingIn(given).includes(name),
    {
      path: [name],
      error: 'is missing, and WECHATPAY_SERVICES, which may stand in place of both, is too',
      when: () => true,
    },
  ] satisfies [unknown, object];

export const APPID_NEEDED = needed('WECHATPAY_APPID');
export const SERVICE_ID_NEEDED = needed('WECHATPAY_SERVICE_ID');

type Named = z.infer<z.ZodObject<Omit<typeof services, 'WECHATPAY_NOTIFY_URL'>>>;

/** Undefined where none is named in full. */
export function pairsIn(given: Partial<Named>): readonly [Pair, ...Pair[]] | undefined {
  const { WECHATPAY_SERVICES, WECHATPAY_APPID: appid, WECHATPAY_SERVICE_ID: service_id } = given;
  if (WECHATPAY_SERVICES) return WECHATPAY_SERVICES;
  return appid !== undefined && service_id !== undefined ? [{ appid, service_id }] : undefined;
}
