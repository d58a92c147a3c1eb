/** Which APIv3 key encrypts a notification: the one that was current when it arose, however often it is repeated. */
import type { KeyRing } from '../credentials/key-ring.ts';
import type { Notification } from './notification.ts';
import type { Outbox } from './outbox.ts';

/** An outbox that notes the current APIv3 key on whatever is added. */
export function sealedUnder(keys: KeyRing, outbox: Outbox): Outbox {
  return {
    ...outbox,
    add(notification) {
      const api_v3_key_number = keys.state().api_v3_keys.length - 1;
      outbox.add(api_v3_key_number === 0 ? notification : { ...notification, api_v3_key_number });
    },
  };
}

export function apiV3KeyOf(keys: KeyRing): (notification: Notification) => string {
  return ({ api_v3_key_number = 0 }) => {
    const key = keys.state().api_v3_keys[api_v3_key_number];
    if (key === undefined) throw new Error('a notification names an APIv3 key that never was');
    return key;
  };
}
