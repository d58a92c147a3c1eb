/** The merchant's side of the page, put together: its shop, what our API says of orders, and the events that arrived. */
import type { Announcer } from '../announcer.ts';
import { createMerchantApi } from './api.ts';
import { createPhases, type Phases } from './phases.ts';
import { createEventsReceiver, type EventsReceiver } from './receiver.ts';
import type { MerchantSetting } from './setting.ts';
import { createShop, type Shop } from './shop.ts';

export interface MerchantSide {
  readonly setting: MerchantSetting;
  readonly shop: Shop;
  readonly phases: Phases;
  readonly events: EventsReceiver;
}

export interface MerchantSideParts {
  readonly setting: MerchantSetting;
  readonly announcer: Announcer;
  readonly now: () => number;
  readonly orderOf: (notification: string) => string | undefined;
}

export function createMerchantSide(parts: MerchantSideParts): MerchantSide {
  const { setting, announcer, now, orderOf } = parts;
  const api = createMerchantApi(setting);
  return {
    setting,
    shop: createShop({ api, now }),
    phases: createPhases({ api, announcer, orderOf }),
    events: createEventsReceiver(setting, announcer.announce),
  };
}
