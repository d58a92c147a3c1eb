/** The first thing that an opened order does: asks for the user's permission, and creates the order. */
import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { askUntil, keyOf } from './account.ts';
import { createServiceOrder, getServiceOrderBriefly } from './activities.ts';
import { isAuthorised } from './permission.ts';
import type { Book } from './book.ts';
import { GIVING_UP } from './operation.ts';
import { settle } from './settle.ts';
import type { Watch } from './watch.ts';
import { rfc3339Of } from '../payscore/beijing-time.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { differencesOf, isSameOrder, judgeCreation } from '../payscore/judgement.ts';
import type { Outcome } from '../payscore/operation.ts';
import type { Opened } from '../payscore/order.ts';
import { phaseOf } from '../payscore/phase.ts';
import type { Refusal } from '../payscore/refusal.ts';
import { createBodyOf } from '../payscore/request-body.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** @returns undefined when the user must authorise first: it is begun again then */
export async function create(book: Book, key: string, watch: Watch): Promise<Outcome | undefined> {
  const opening = book.order.opening as Opened;
  const { phase, givingUp } = book.order;
  // It was found, or it is to be given up: there is nothing to create.
  if (phase !== 'creating') return { kind: 'done' };
  if (givingUp !== undefined) {
    giveUp(book);
    return { kind: 'done' };
  }
  if (recordOf(book.order, key)?.body === undefined) {
    const isInvited = book.order.authorizeUntil !== undefined;
    if (!isInvited && !(await isAuthorised(book, watch))) {
      return book.order.phase === 'authorizing' ? undefined : { kind: 'done' };
    }
    book.record({ kind: 'started', key, body: createBodyOf(opening) });
  }
  const body = createBodyOf(opening);
  const isTaken = () => recordOf(book.order, key)?.progress?.isTaken === true;
  let isThere = false;
  const settled = await settle(book, {
    key,
    watch,
    send: (sendBefore) => createServiceOrder(body, sendBefore),
    judge(said, after) {
      isThere = said !== null;
      const whileUnknown = after === 'refusal' ? 'shown' : 'asked';
      return judgeCreation(opening, said, after === 'yes' || isTaken() ? 'taken' : whileUnknown);
    },
    // WeChat has said yes to our own creation: whatever it repeats of it, it is ours.
    isOurs: (said) => isSameOrder(opening, said),
    // Without a deadline nobody waited when the permission was known. Where an order stands under the number, the same sent
    // again creates nothing, and WeChat's answer tells whose it is.
    isTooLate: () => !isThere && !(Date.now() <= Date.parse(book.order.createUntil ?? '')),
    isLastWord: ({ reason }) => reason === 'repeated',
  });
  switch (settled.kind) {
    case 'applied':
      // An order that is further along was opened before: only a query says all about it.
      if (settled.by === 'answer' && phaseOf(settled.said) === 'in_service') {
        book.record({ kind: 'observed', by: 'create', serviceOrder: settled.said });
      }
      await askUntil(
        book,
        watch,
        () => book.order.phase !== 'creating' || book.order.givingUp !== undefined,
      );
      break;
    case 'refused':
      // What stands there was not created by what WeChat refused.
      if (settled.refusal.reason !== 'repeated' && !isThere) return settled;
      await noteTaken(book, settled.refusal);
      break;
    case 'unwanted':
      book.record({ kind: 'given_up', why: settled.rule });
      break;
    case 'impossible':
      noteOtherOrder(book, settled.rule, false);
      break;
    case 'expired':
      endLate(book);
      break;
  }
  if (book.order.phase === 'creating' && !book.order.isUnserved) giveUp(book);
  return { kind: 'done' };
}

/** A number is not burnt by what a person had to mend. */
function endLate(book: Book): void {
  const { hinderedBy } = book.order;
  if (hinderedBy === undefined) book.record({ kind: 'not_created', why: whyExpired(book) });
  else book.record({ kind: 'unserved', why: hinderedBy });
}

/** WeChat has compared what was sent with what it has: it is another order. */
async function noteTaken(book: Book, refusal: Refusal): Promise<void> {
  const opening = book.order.opening as Opened;
  const said = await otherOrder(book);
  const fields = said ? differencesOf(opening, said) : [];
  const what =
    fields.length > 0
      ? `it differs in ${fields.join(', ')}`
      : 'it differs in nothing that WeChat Pay shows; fees, device, notify_url or attach may differ';
  const why = numberTaken(what, said !== null && isSameOrder(opening, said));
  book.record({ kind: 'not_created', why, refusal, isNumberTaken: true });
}

/** Only for words: it is not this order's account, so nothing of it is noted. */
async function otherOrder(book: Book): Promise<ServiceOrder | null> {
  try {
    return await getServiceOrderBriefly(keyOf(book));
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return null;
  }
}

/** The order under this number is not the one that was to be created. */
export function noteOtherOrder(book: Book, what: string, isAdoptable: boolean): void {
  book.record({ kind: 'not_created', why: numberTaken(what, isAdoptable), isNumberTaken: true });
}

/** Only what is of the same user, app and service can be taken up. */
function numberTaken(what: string, isAdoptable: boolean): string {
  const instead = isAdoptable ? '; POST …/adopt takes the present one up' : '';
  return `WeChat Pay has an order under this out_order_no that was opened differently: ${what}. It is untouched. Another order needs another number${instead}.`;
}

function whyExpired({ order }: Book): string {
  const { createUntil, awaitedAt } = order;
  const wasNeverDue = createUntil === undefined;
  return wasNeverDue
    ? `Nobody has waited for the order since ${rfc3339Of(new Date(awaitedAt))}, which was too long ago to create it.`
    : 'WeChat Pay did not say in time that the order exists.';
}

/** A user who walked away must not be left with an order: what exists is cancelled, before anything else. */
export function giveUp(book: Book): void {
  if (book.order.isToBeLookedUp) return;
  book.record({
    kind: 'asked',
    record: {
      operation: 'cancel',
      key: GIVING_UP,
      digest: '',
      receivedAt: new Date().toISOString(),
      request: { reason: '订单未能按时创建' },
      state: 'waiting',
    },
  });
}
