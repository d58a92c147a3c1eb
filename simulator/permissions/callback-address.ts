/** Where the service hears of authorisations that no pre-permission gave an address for: set up with WeChat Pay's operators. */
import type { Collection } from '../journal.ts';

export interface CallbackAddress {
  get(): string | undefined;
  /** Undefined: nobody is told. */
  set(notify_url: string | undefined): void;
}

/** The address kept from before, unless the options give one. */
export function createCallbackAddress(
  kept: Collection<{ readonly notify_url?: string }>,
  option: string | undefined,
): CallbackAddress {
  const set = (notify_url: string | undefined) =>
    kept.put('authorisation', notify_url === undefined ? {} : { notify_url });

  if (option !== undefined) set(option);
  return { get: () => kept.get('authorisation')?.notify_url, set };
}
