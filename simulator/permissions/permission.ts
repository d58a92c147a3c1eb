/** Whether a user has authorised a service. */
import type { Collection } from '../journal.ts';
import { rfc3339 } from '../beijing-time.ts';

interface UserOfService {
  readonly openid: string;
  readonly service_id: string;
}

export interface Permission extends UserOfService {
  /** Of the application in which the user authorised last. */
  readonly appid: string;
  readonly mchid: string;
  readonly authorization_state: 'AVAILABLE' | 'UNAVAILABLE';
  readonly authorization_success_time?: string;
  readonly cancel_authorization_time?: string;
}

export type Permissions = Collection<Permission>;

export function isAvailable(permissions: Permissions, user: UserOfService): boolean {
  return permissionOf(permissions, user)?.authorization_state === 'AVAILABLE';
}

export function permissionOf(permissions: Permissions, user: UserOfService) {
  return permissions.get(keyOf(user));
}

export function authorise(
  permissions: Permissions,
  user: Pick<Permission, 'openid' | 'service_id' | 'appid' | 'mchid'>,
  now: number,
): Permission {
  const { openid, service_id, appid, mchid } = user;
  const permission: Permission = {
    ...permissionOf(permissions, user),
    openid,
    service_id,
    appid,
    mchid,
    authorization_state: 'AVAILABLE',
    authorization_success_time: rfc3339(now),
  };
  permissions.put(keyOf(user), permission);
  return permission;
}

/** Undefined for a user who has not authorised, or not any more. */
export function revoke(
  permissions: Permissions,
  user: UserOfService,
  now: number,
): Permission | undefined {
  const permission = permissionOf(permissions, user);
  if (permission?.authorization_state !== 'AVAILABLE') return undefined;
  const revoked: Permission = {
    ...permission,
    authorization_state: 'UNAVAILABLE',
    cancel_authorization_time: rfc3339(now),
  };
  permissions.put(keyOf(user), revoked);
  return revoked;
}

function keyOf({ openid, service_id }: UserOfService): string {
  return `${service_id}/${openid}`;
}
