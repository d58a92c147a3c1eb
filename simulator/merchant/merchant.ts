/** The merchant's side of the page, put together: its shop, what our API says of orders, and the events that arrived. */
import type { Announcer } from '../announcer.ts';
import { createMerchantApi } from './api.ts';
import { createPhases, type Phases } from './phases.ts';
import { createEventsReceiver, type EventsReceiver } from './receiver.ts';
import type { MerchantSetting } from './setting.ts';
import { createShop, type Shop } from './shop.ts';

export interface MerchantSide {
  readonly setting: MerchantSetting;
  /** @param language in which our API is asked to speak */
  shopIn(language: string): Shop;
  readonly phases: Phases;
  readonly events: EventsReceiver;
}

export interface MerchantSideParts {
  readonly setting: MerchantSetting;
  readonly announcer: Announcer;
  readonly now: () => number;
  readonly orderOf: (notification: string) => string | undefined;
  /** Whether a page is open. */
  readonly isLookedAt: () => boolean;
  /** When the simulator is told to end. */
  readonly ended: AbortSignal;
}

export function createMerchantSide(parts: MerchantSideParts): MerchantSide {
  const { setting, announcer, now, orderOf, isLookedAt, ended } = parts;
  const apiIn = (language: string) => createMerchantApi({ setting, language, ended });
  return {
    setting,
    shopIn: (language) => createShop({ api: apiIn(language), now }),
    phases: createPhases({ api: apiIn('*'), announcer, orderOf, isLookedAt }),
    events: createEventsReceiver(setting, announcer.announce),
  };
}
