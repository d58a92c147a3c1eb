/** A user authorises on the page that a pre-permission's token opens. */
import type { BusinessClock } from '../business-clock.ts';
import type { Permissions } from '../permissions/permission-book.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Service } from '../service.ts';
import { ControlError } from './control-error.ts';

export interface AuthorisingParts {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly clock: BusinessClock;
}

export type Authorise = (apply_permissions_token: string, openid: string) => Permission;

/** The function throws a ControlError where the token opens nothing, or the code is another user's. */
export function createAuthorise({ service, permissions, clock }: AuthorisingParts): Authorise {
  return (apply_permissions_token, openid) => {
    const preparation = permissions.preparation(apply_permissions_token);
    if (preparation === undefined) {
      throw new ControlError(404, 'there is no such token', 'no_such_token');
    }
    if (preparation.expires_ms <= clock.now()) {
      throw new ControlError(409, 'the token has expired', 'token_expired');
    }
    const { authorization_code } = preparation;
    const agreement = permissions.agreement(authorization_code);
    const { mchid, appid, service_id } = agreement ?? service;
    if ((agreement?.openid ?? openid) !== openid) {
      throw new ControlError(409, 'the code is bound to another user', 'code_of_another');
    }
    return permissions.authorise({ openid, service_id, appid, mchid }, authorization_code);
  };
}
