/** What can be done with an order: one table for every operation's update and signal. */
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { Book } from './book.ts';
import { completion } from './completion.ts';
import { complete, serviceEnded, type CompleteRequest } from './contract.ts';
import type { Work } from './request.ts';
import type { OrderView } from '../payscore/view.ts';

export interface Operation<Asked> {
  readonly update: UpdateDefinition<OrderView, [Asked]>;
  readonly signal: SignalDefinition<[Asked]>;
  /** Shown in the web UI beside the message. */
  readonly description: string;
  work(book: Book, asked: Asked): Work;
}

export const OPERATIONS: readonly Operation<CompleteRequest>[] = [
  {
    update: complete,
    signal: serviceEnded,
    description: 'The service has ended: complete the order with the real amount, in fen',
    work: completion,
  },
];
