/** What must be refunded: what business code was promised before anybody here knew that the user had paid. */
import { amountOf } from './book.ts';
import type { Evidence } from './evidence.ts';
import { askedOf, type Asked } from './outcome.ts';

export interface RequiredRefund {
  /** In fen. */
  readonly least: number;
  readonly because: string;
  /** Every amount that a request of business code could justify. */
  readonly possible: readonly number[];
}

export function requiredRefund(evidence: Evidence): RequiredRefund {
  const charged = (evidence.wechat?.ledger ?? []).reduce((sum, entry) => sum + entry.charged, 0);
  const asked = askedOf(evidence);
  const owed = (it: Asked) => owedTo(it, charged);
  const crossing = asked.filter((it) => isCrossed(it, evidence));
  const [most] = crossing.toSorted((a, b) => owed(b) - owed(a));
  const least = most === undefined ? 0 : owed(most);
  return {
    least,
    because:
      least === 0
        ? ''
        : `${most!.entry.request.operation} was accepted before the payment was known`,
    // An order that had been given up is refunded as a whole.
    possible: [charged, ...asked.map(owed)].filter((amount) => amount > 0),
  };
}

function owedTo({ entry }: Asked, charged: number): number {
  switch (entry.request.operation) {
    case 'cancel':
    case 'sync':
      return charged;
    case 'modify':
      return Math.max(0, charged - amountOf(entry)!);
    case 'open':
    case 'open otherwise':
    case 'complete':
    case 'refresh':
    case 'adopt':
      return 0;
  }
}

/** Accepted by the run before it heard of the payment, and without an outcome until then. */
function isCrossed({ entry, outcome }: Asked, { runs }: Evidence): boolean {
  if (outcome !== 'refused') return false;
  return runs.some(({ settledAt, messages }) => {
    if (settledAt === undefined || entry.manner.key === undefined) return false;
    const id = `${entry.request.operation}/${entry.manner.key}/`;
    const message = messages.find((it) => it.kind === 'update' && it.id.startsWith(id));
    if (message === undefined || message.acceptedAt > settledAt) return false;
    return message.concludedAt === undefined || message.concludedAt > settledAt;
  });
}
