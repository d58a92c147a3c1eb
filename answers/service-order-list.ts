/** An entry of the list of orders: as much as Temporal's visibility has of it. */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { fen, OrderNumber, time, TransactionNumber } from './fields.ts';
import { pageOf } from './list.ts';
import { Phase, Trouble } from './service-order.ts';

export const ListedOrder = z
  .object({
    out_order_no: OrderNumber,
    service_id: z
      .string()
      .meta({ description: 'Of which Pay Score service it is.', example: '500001' })
      .optional(),
    phase: Phase.optional(),
    trouble: Trouble.optional(),
    opened_at: time('When it was opened here.'),
    closed_at: time('When its run ended: it is final, and owes nothing.').optional(),
    paid_amount: fen('What was paid.').optional(),
    paid_at: time('When it was paid.').optional(),
    transaction_id: TransactionNumber.optional(),
  })
  .meta({
    id: 'ListedOrder',
    description: 'An order as the list has it, which lags behind by moments.',
  });
export type ListedOrder = Answer<typeof ListedOrder>;

export const OrderList = pageOf('orders', ListedOrder).meta({ id: 'ServiceOrderList' });
export type OrderList = Answer<typeof OrderList>;
