/** Every permission, authorization code and token, and what users do with them. */
import { randomBytes } from 'node:crypto';
import { rfc3339 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import type { Collection } from '../journal.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { CallbackAddress } from './callback-address.ts';
import type { Agreement, Permission, Preparation, UserOfService } from './permission.ts';

/** How long a token opens the authorisation page. */
const TOKEN_LIFE_MS = 3_600_000;

type Carrier = Pick<Permission, 'service_id' | 'appid' | 'mchid'>;
interface Prepared extends Carrier {
  readonly authorization_code: string;
  readonly notify_url?: string | undefined;
}

export interface Permissions {
  of(user: UserOfService): Permission | undefined;
  isAvailable(user: UserOfService): boolean;
  agreement(authorization_code: string): Agreement | undefined;
  /** Makes a token for the code, which keeps its user if it has one. */
  prepare(said: Prepared): string;
  /** What a token was made for, expired or not. */
  preparation(token: string): Preparation | undefined;
  /** Authorising again what is authorised changes nothing. */
  authorise(user: Carrier & UserOfService, authorization_code?: string): Permission;
  /** Undefined for a user who has not authorised, or not any more. */
  revoke(user: UserOfService): Permission | undefined;
}

export interface PermissionParts {
  readonly permissions: Collection<Permission>;
  readonly agreements: Collection<Agreement>;
  readonly preparations: Collection<Preparation>;
  readonly callback: CallbackAddress;
  readonly policies: PolicyBook;
  readonly notifier: Notifier;
  readonly clock: BusinessClock;
}

export function createPermissions(parts: PermissionParts): Permissions {
  const { permissions, agreements, preparations, callback, policies, notifier, clock } = parts;

  const of = (user: UserOfService) => permissions.get(keyOf(user));
  const isAvailable = (user: UserOfService) => of(user)?.authorization_state === 'AVAILABLE';
  const agreement = (code: string | undefined) =>
    code === undefined ? undefined : agreements.get(code);
  const addressFor = (code: string | undefined) => agreement(code)?.notify_url ?? callback.get();

  /** The code, if there is one, follows what its user decides. */
  function record(permission: Permission): void {
    permissions.put(keyOf(permission), permission);
    const bound = agreement(permission.authorization_code);
    if (bound !== undefined) agreements.put(bound.authorization_code, { ...bound, ...permission });
  }

  function ended(permission: Permission, nowMs: number): Permission {
    const cancel_authorization_time = rfc3339(nowMs);
    return { ...permission, authorization_state: 'UNAVAILABLE', cancel_authorization_time };
  }

  function authorise(user: Carrier & UserOfService, code?: string): Permission {
    const before = of(user);
    if (before?.authorization_state === 'AVAILABLE') {
      if (code === undefined || code === before.authorization_code) return before;
      if (policies.now().authorised_page === 'stays') return before; // so the page says, and does nothing
      record(ended(before, clock.now())); // one agreement at a time: the newer takes the place of the older
    }
    const { openid, service_id, appid, mchid } = user;
    const { cancel_authorization_time } = before ?? {};
    const permission: Permission = {
      openid,
      service_id,
      appid,
      mchid,
      authorization_state: 'AVAILABLE',
      authorization_success_time: rfc3339(clock.now()),
      ...(cancel_authorization_time !== undefined && { cancel_authorization_time }),
      ...(code !== undefined && { authorization_code: code }),
    };
    record(permission);
    notifier.permission('USER_OPEN_SERVICE', permission, addressFor(code), clock.now());
    return permission;
  }

  function revoke(user: UserOfService): Permission | undefined {
    const permission = of(user);
    if (permission?.authorization_state !== 'AVAILABLE') return undefined;
    const revoked = ended(permission, clock.now());
    record(revoked);
    const address = addressFor(revoked.authorization_code);
    notifier.permission('USER_CLOSE_SERVICE', revoked, address, clock.now());
    return revoked;
  }

  return {
    of,
    isAvailable,
    agreement,
    prepare({ authorization_code, service_id, appid, mchid, notify_url }) {
      const { notify_url: _before, ...known } = agreement(authorization_code) ?? {
        authorization_state: 'UNBINDUSER' as const,
      };
      const address = notify_url === undefined ? {} : { notify_url };
      const prepared = { service_id, appid, mchid, ...known, authorization_code, ...address };
      agreements.put(authorization_code, prepared);
      const token = randomBytes(48).toString('base64url');
      preparations.put(token, {
        authorization_code,
        expires_ms: clock.now() + TOKEN_LIFE_MS,
      });
      return token;
    },
    preparation: (token) => preparations.get(token),
    authorise,
    revoke,
  };
}

function keyOf({ openid, service_id }: UserOfService): string {
  return `${service_id}/${openid}`;
}
