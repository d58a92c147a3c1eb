/** What must be refunded: what business code was promised before anybody here knew that the user had paid. */
import { amountOf, answerOf, type Entry } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { Message, RunFacts } from './history.ts';
import { chargedIn, isInLedger } from './ledger.ts';
import { askedOf, type Asked } from './outcome.ts';

export interface RequiredRefund {
  /** In fen. */
  readonly least: number;
  readonly because: string;
  /** Every amount that a request of business code could justify. */
  readonly possible: readonly number[];
}

export function requiredRefund(evidence: Evidence): RequiredRefund {
  const charged = chargedIn(evidence);
  const asked = askedOf(evidence);
  const owed = (it: Asked) => owedTo(it, charged);
  const crossing = asked
    .filter((it) => isCrossed(it, evidence) || isLeftBehind(it, evidence))
    .map((it) => ({
      amount: owed(it),
      because: `${it.entry.request.operation} was accepted before the payment was known`,
    }));
  const most = [...crossing, afterTheEnd(evidence)].toSorted((a, b) => b.amount - a.amount)[0]!;
  return {
    least: most.amount,
    because: most.amount === 0 ? '' : most.because,
    // An order that had been given up is refunded as a whole, one that was completed elsewhere with more in part.
    possible: [charged, ...asked.map(owed), ...asked.map((it) => surplusOver(it, charged))].filter(
      (amount) => amount > 0,
    ),
  };
}

/** WeChat Pay had said yes to the end, and charged all the same: the whole of it, or what was collected twice. */
function afterTheEnd(evidence: Evidence) {
  const { order, ledger = [] } = evidence.wechat ?? {};
  const cancelledAt = ledger.findIndex(({ event }) => event === 'cancelled');
  const since = cancelledAt < 0 ? [] : ledger.slice(cancelledAt);
  const afterwards = since.reduce((sum, { charged }) => sum + charged, 0);
  const details: { amount: number }[] = order?.collection?.details ?? [];
  const collected = details.reduce((sum, { amount }) => sum + amount, 0);
  const twice = Math.min(chargedIn(evidence), collected - (order?.total_amount ?? 0));
  return { amount: Math.max(0, afterwards, twice), because: 'it was charged after its end' };
}

function owedTo(asked: Asked, charged: number): number {
  switch (asked.entry.request.operation) {
    case 'cancel':
    case 'sync':
      return charged;
    case 'modify':
      return surplusOver(asked, charged);
    case 'open':
    case 'open otherwise':
    case 'complete':
    case 'refresh':
    case 'adopt':
      return 0;
  }
}

function surplusOver({ entry }: Asked, charged: number): number {
  return Math.max(0, charged - (amountOf(entry) ?? charged));
}

/** Accepted by the run before it heard of the payment, and without an outcome until then. */
function isCrossed({ entry, record, outcome }: Asked, { runs }: Evidence): boolean {
  if (outcome !== 'refused') return false;
  return runs.some((run) => {
    const message = messageOf(entry, run);
    const { settledAt } = run;
    if (settledAt === undefined || message === undefined) return false;
    if (message.acceptedAt > settledAt) return false;
    // Of a signal the history does not tell when it was done with, the order does.
    if (message.kind === 'signal') return isSaidToBeCrossed(record);
    return message.concludedAt === undefined || message.concludedAt > settledAt;
  });
}

function messageOf({ request, manner }: Entry, { messages }: RunFacts): Message | undefined {
  const { key } = manner;
  if (key === undefined) return undefined;
  return messages.find(({ kind, id }) =>
    kind === 'update' ? id.startsWith(`${request.operation}/${key}/`) : id === key,
  );
}

/** What it says of the operation itself is no more than that: WeChat Pay may have done it, and charged afterwards. */
export function isSaidToBeCrossed(record: any): boolean {
  return (
    record?.state === 'not_allowed' && /charged the order all the same/.test(record.rule ?? '')
  );
}

/** Accepted by a run that was ended from outside, carried out by none, and the order was charged all the same. */
function isLeftBehind({ entry, record }: Asked, evidence: Evidence): boolean {
  const { read, runs } = evidence;
  const isPaid = read.body?.phase === 'paid';
  const isLost = record === undefined && entry.manner.key !== undefined;
  if (!isPaid || !(isLost || record?.state === 'left_behind')) return false;
  const isAccepted =
    answerOf(entry)?.status === 202 || runs.some((run) => messageOf(entry, run) !== undefined);
  return isAccepted && !isInLedger(evidence, entry) && !isOvertaken(entry, record, read.body);
}

/** Business code has had it charged otherwise since. */
function isOvertaken(entry: Entry, record: any, { operations = [] }: any): boolean {
  const at = Date.parse(record?.received_at ?? new Date(entry.sentAt).toISOString());
  return operations.some(
    ({ operation, state, received_at }: any) =>
      ['complete', 'modify'].includes(operation) &&
      ['running', 'done'].includes(state) &&
      Date.parse(received_at) > at,
  );
}
