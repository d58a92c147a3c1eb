/** WeChat's own account of an order: asked for, and noted in the book whatever it was asked for. */
import { ActivityFailure, sleep } from '@temporalio/workflow';
import { getServiceOrder } from './activities.ts';
import type { Book } from './book.ts';
import { pauseAfter, type Account } from './settle.ts';
import { judgeCreation } from '../payscore/judgement.ts';
import type { Phase } from '../payscore/phase.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** Notes what was applied; where an operation's answer cannot settle the order, WeChat is asked until its account does. */
export async function take(
  book: Book,
  operation: 'create' | 'complete',
  { by, said }: { by: 'answer' | 'query'; said: ServiceOrder },
): Promise<void> {
  const begun: Phase = operation === 'create' ? 'creating' : 'in_service';
  if (by === 'answer') book.record({ kind: 'observed', by: operation, serviceOrder: said });
  for (let round = 1; book.order.phase === begun; round++) {
    if (round > 1) {
      await sleep(pauseAfter(round), { summary: 'before WeChat Pay is asked again' });
    }
    await ask(book);
  }
}

/** WeChat's own account of this order, noted at once, whoever asked and whatever for. */
export async function ask(book: Book): Promise<Account> {
  try {
    const said = await getServiceOrder(keyOf(book));
    if (said && isThisOrder(book, said)) {
      book.record({ kind: 'observed', by: 'query', serviceOrder: said });
    }
    return said;
  } catch (error) {
    if (error instanceof ActivityFailure) return 'refused';
    throw error;
  }
}

/** How WeChat finds the order. */
export function keyOf({ order }: Book) {
  const { service, request } = order.opening;
  const { appid, service_id } = service;
  return { out_order_no: request.out_order_no, appid, service_id };
}

/** Until it is created, the number may turn out to belong to another order. */
function isThisOrder({ order }: Book, said: ServiceOrder): boolean {
  return order.phase !== 'creating' || judgeCreation(order.opening, said).kind === 'applied';
}
