/** By what the runs are found that need a codec key still. */
import type { Client } from '@temporalio/client';
import { keyIdOf } from './data-converter.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

/** To be set as a run starts; nothing where it is not encrypted. */
export function codecKeyOf(client: Pick<Client, 'options'>) {
  const value = keyIdOf(client);
  return value === undefined ? [] : [{ key: SEARCH_ATTRIBUTES.codecKey, value }];
}
