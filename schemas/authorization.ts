/** Users' authorizations of the service: what business code asks for, and what WeChat says (guide 3.2.1, 3.2.2, 3.2.14). */
import { z } from 'zod';
import { namedService, type NamedService } from './named-service.ts';
import { Openid, optionalText, OutOrderNo, text } from './text.ts';

/** The merchant's own number of an agreement with one user; ours are of the alphabet that `out_order_no` has, whose value it may be. */
export const AuthorizationCode = OutOrderNo.describe(
  'Your own number of an agreement with one user (授权协议号).',
);

/** Of a user, or of whoever has agreed under this code. */
export type AuthorizationOf = { readonly openid: string } | { readonly authorization_code: string };

interface Asked {
  readonly of: AuthorizationOf;
  readonly named: NamedService;
}

const given = z.strictObject({
  ...namedService,
  openid: Openid.optional(),
  authorization_code: AuthorizationCode.optional(),
});
type Given = z.infer<typeof given>;

export const QueryAuthorization = exactlyOne(given).transform(asked);
export type QueryAuthorization = z.infer<typeof QueryAuthorization>;

export const PrepareAuthorization = z.strictObject({
  ...namedService,
  authorization_code: AuthorizationCode,
});

export const TerminateAuthorization = exactlyOne(
  given.extend({ reason: text(50).describe('Why, 50 characters; the user reads it.') }),
).transform(({ reason, ...which }) => ({ ...asked(which), reason }));
export type TerminateAuthorization = z.infer<typeof TerminateAuthorization>;

/** Told beside all other faults, and at both fields: either may be the one that was forgotten, or is too much. */
function exactlyOne<T extends z.ZodType<Given>>(schema: T): T {
  const fault = (path: keyof Given) => ({
    path: [path],
    error: 'exactly one of openid and authorization_code must be given',
    when: ({ value }: { value: unknown }) =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
  });
  return schema
    .refine(isOne, fault('openid'))
    .refine(isOne, fault('authorization_code'))
    .meta({ oneOf: [{ required: ['openid'] }, { required: ['authorization_code'] }] });
}

function isOne({ openid, authorization_code }: Given): boolean {
  return (openid === undefined) !== (authorization_code === undefined);
}

/** Of whom, and of which service. */
function asked({ openid, authorization_code = '', ...named }: Given): Asked {
  return { of: openid === undefined ? { authorization_code } : { openid }, named };
}

/** No more than orders need to know. */
export const Permission = z.object({
  /** `AVAILABLE`: authorised. `UNAVAILABLE`: not, or no longer. `UNBINDUSER`: prepared, not yet bound to a user. */
  authorization_state: z.string(),
});
export type Permission = z.infer<typeof Permission>;

/** What WeChat says of a user's authorization. Not the openid: who asks by openid has it. */
export const Authorization = Permission.extend({
  service_id: optionalText,
  /** Of the latest authorization, not of the question. */
  appid: optionalText,
  mchid: optionalText,
  authorization_code: optionalText,
  authorization_success_time: optionalText,
  cancel_authorization_time: optionalText,
});
export type Authorization = z.infer<typeof Authorization>;

/** The same by authorization code, where the user is part of the answer, once there is one. */
export const Agreement = Authorization.extend({ openid: optionalText, notify_url: optionalText });
export type Agreement = z.infer<typeof Agreement>;

/** For the jump to WeChat's page of authorization; lives for one hour. */
export const PreparedPermission = z.object({
  apply_permissions_token: z.string().min(1).max(2_048),
});
export type PreparedPermission = z.infer<typeof PreparedPermission>;

/** As much of USER_OPEN_SERVICE and USER_CLOSE_SERVICE as tells which order they may be about. */
export const AuthorizationEvent = z.object({
  mchid: z.string(),
  authorization_code: AuthorizationCode,
  service_id: optionalText.catch(undefined),
  openorclose_time: optionalText.catch(undefined),
});
export type AuthorizationEvent = z.infer<typeof AuthorizationEvent>;
