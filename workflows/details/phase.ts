/** Where an order stands and what there is to do, for whoever has to look at it at night. */
import { plain } from './markdown.ts';
import { isPending } from '../../payscore/order/operation.ts';
import type { Order } from '../../payscore/order/order.ts';
import type { Words } from '../../words/en.ts';
import type { PhaseWords } from '../../words/en/phases.ts';

export function phaseWordsOf(order: Order, { fact, phases }: Words): PhaseWords {
  const { phase, explanation, givingUp, operations, wasNeverOpened } = order;
  const words = phases.each[phase];
  const explained = explanation === undefined ? words.stands : plain(fact(explanation));
  if (wasNeverOpened) return { stands: explained, toDo: phases.openAgain };
  const pending = operations.find((it) => isPending(it));
  switch (phase) {
    case 'creating':
      if (givingUp !== undefined) return { ...words, stands: phases.unwanted };
      return pending?.operation === 'adopt' ? { ...words, stands: phases.takenUp } : words;
    case 'in_service':
      return pending
        ? { stands: phases.lastHeard, toDo: phases.underWay(pending.operation) }
        : words;
    case 'paying':
      return pending ? { ...words, toDo: phases.underWay(pending.operation) } : words;
    case 'authorizing':
    case 'paid':
    case 'paid_elsewhere':
    case 'free':
    case 'cancelled':
    case 'rejected':
    case 'unauthorized':
      return { ...words, stands: explained };
  }
}
