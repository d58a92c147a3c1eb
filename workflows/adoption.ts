/** Takes an order up from WeChat: one that nobody opened here, or that goes on there though its run has ended. */
import { ask, pause, type Account } from './account.ts';
import type { Book } from './book.ts';
import { SEND_WITHIN_MS } from './attempt.ts';
import { createDoubt, type Doubt } from './doubt.ts';
import { STRAGGLER_MS } from '../payscore/fold-operation.ts';
import type { Outcome } from '../payscore/operation.ts';
import type { Opening } from '../payscore/order.ts';
import { isFinal } from '../payscore/phase.ts';
import { belongsTo } from '../payscore/trust.ts';

export async function adopt(book: Book): Promise<Outcome> {
  const doubt = createDoubt(book);
  try {
    return await takenUp(book, doubt);
  } finally {
    doubt.end();
  }
}

async function takenUp(book: Book, doubt: Doubt): Promise<Outcome> {
  for (let round = 1; ; round++) {
    const account = await ask(book);
    if (book.order.phase !== 'creating') return { kind: 'done' };
    const { opening } = book.order;
    const isKnownHere = 'request' in opening || opening.takesUp !== undefined;
    const isForeign = account.kind === 'told' && !belongsTo(book.order, account.said);
    const isNone = account.kind === 'none';
    const isAwaited = isNone && mayStillArrive(opening);
    if (!isKnownHere || isForeign || (isNone && !isAwaited)) {
      const refusal =
        account.kind === 'refused' || account.kind === 'misconfigured'
          ? account.refusal
          : undefined;
      book.record({ kind: 'not_created', why: reasonOf(account), refusal });
      return { kind: 'done' };
    }
    doubt.begin(new Date().toISOString());
    // What may arrive is looked for while it may; all else needs a person, and history must not fill up meanwhile.
    await pause(isAwaited ? Math.min(round, 7) : round, 'before WeChat Pay is asked again');
  }
}

/** What the ended run had sent just before: as long as it can arrive, that WeChat knows nothing proves nothing. */
function mayStillArrive({ takesUp }: Opening): boolean {
  if (!takesUp || isFinal(takesUp.phase)) return false;
  const endedAt = Date.parse(takesUp.endedAt);
  return Date.now() < endedAt + SEND_WITHIN_MS + STRAGGLER_MS;
}

function reasonOf(account: Account): string {
  switch (account.kind) {
    case 'none':
      return 'WeChat Pay knows no order under this number.';
    case 'told':
      return `WeChat Pay has another order under this number, or in state ${account.said.state}, which cannot be taken up.`;
    case 'refused':
    case 'misconfigured':
      return 'WeChat Pay does not let us ask for the order.';
  }
}
