/** Fields of the permission calls. */
import * as z from 'zod';
import { NotifyUrl } from '../orders/shared-fields.ts';
import { Identity } from '../service.ts';

export const Openid = z.string().min(1).max(128);

export const AuthorizationCode = z.string().regex(/^[0-9A-Za-z_\-|*]{1,32}$/);

export const PrepareFields = Identity.extend({
  authorization_code: AuthorizationCode,
  notify_url: NotifyUrl.optional(),
});
