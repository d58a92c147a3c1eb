/** What a merchant cannot change: the service, the policies, the limits and the time. */
import type * as z from 'zod';
import type { Maintenance } from '../maintenance.ts';
import type { Policies, PolicyChange } from '../policies.ts';
import type { Preset } from '../presets.ts';
import type { ServiceSetting } from '../service.ts';
import type { RateLimits } from '../transport/rate-limit.ts';
import { at, type Call } from './call.ts';

export interface ToldService {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly risk_cap: number;
  readonly open_orders_limit: number | null;
  /** Null where authorisations without an address of their own are told to nobody. */
  readonly authorization_notify_url: string | null;
  /** The first one included, to which the names and the cap above belong. */
  readonly services: readonly ServiceSetting[];
}

export interface ToldClock {
  /** Business time, ISO 8601 in UTC. */
  readonly now: string;
  readonly factor: number;
}

/** With what is left of it; null outside the window. */
export interface ToldMaintenance {
  readonly maintenance: Maintenance | null;
}

export interface ClockChange {
  /** RFC 3339; instead of `advance_seconds`. */
  readonly now?: string;
  readonly advance_seconds?: number;
  readonly factor?: number;
}

export function circumstances(call: Call) {
  return {
    service: () => call<ToldService>('GET', '/service'),
    /** The first service; cap and limit hold for what comes from now on. */
    setService: (
      change: Partial<
        Pick<ToldService, 'authorization_notify_url' | 'risk_cap' | 'open_orders_limit'>
      >,
    ) => call<ToldService>('PATCH', '/service', change),
    /** A further service of the merchant, set up like the first one where nothing else is said; or another way for one that is. */
    openService: (service_id: string, setting: Partial<Omit<ServiceSetting, 'service_id'>> = {}) =>
      call<ToldService>('PUT', `/service/${at(service_id)}`, setting),
    policies: () => call<Policies>('GET', '/policies'),
    setPolicies: (change: PolicyChange) => call<Policies>('PATCH', '/policies', change),
    /** Back to what the preset, and the options of the start, say. */
    resetPolicies: () => call<Policies>('DELETE', '/policies'),

    /** Which sides the policies take; a reset comes back to it. */
    preset: () => call<{ preset: Preset }>('GET', '/policies/preset'),
    setPreset: (preset: Preset) => call<Policies>('PUT', '/policies/preset', { preset }),

    clock: () => call<ToldClock>('GET', '/clock'),
    setClock: (change: ClockChange) => call<ToldClock>('POST', '/clock', change),

    /** From now on every call is answered alike, for so long; the clock is `real` if none is said. */
    beginMaintenance: (maintenance: z.input<typeof Maintenance>) =>
      call<ToldMaintenance>('POST', '/maintenance', maintenance),
    endMaintenance: () => call<ToldMaintenance>('DELETE', '/maintenance'),
    maintenance: () => call<ToldMaintenance>('GET', '/maintenance'),

    /** None at all, where nothing is given. */
    limitRate: (limits: RateLimits) => call<RateLimits>('POST', '/rate-limit', limits),
  };
}
