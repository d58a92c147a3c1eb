/** A lane: what happened to an order, or something else, on its way to business code, one event after the other. */
import {
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { deliver } from '../activities.ts';
import {
  events as eventsQuery,
  merchantOf,
  published,
  resendRequested,
  SEARCH_ATTRIBUTES,
} from '../contract.ts';
import { detailsOf } from './details.ts';
import { isUntried, lastWordsOf } from './undelivered.ts';
import type { BusinessEvent } from '../../payscore/events/event.ts';
import {
  EMPTY,
  UNDELIVERED,
  withFirstDelivered,
  withPublished,
  withResent,
  type EventQueue,
} from '../../payscore/events/queue.ts';
import { eventIdIn } from '../../payscore/events/lane.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { words } from '../words.ts';

export async function events(carried: EventQueue = EMPTY): Promise<EventQueue> {
  const { workflowId } = workflowInfo();
  const mchid = merchantOf(workflowId) ?? '';
  let queue = carried;
  /** What nobody took is worth another try, from the first delay on. */
  let isAskedAgain = false;
  change(carried);

  setHandler(
    published,
    (happened) => {
      if (!Array.isArray(happened)) return;
      // A new one may find the receiver back; while the first is still tried, that is found out soon enough.
      isAskedAgain ||= queue.parkedSince !== undefined;
      change(withPublished(queue, happened.filter(isOfLane)));
    },
    { description: words.messages.published },
  );
  setHandler(
    resendRequested,
    (event) => {
      isAskedAgain = true;
      if (isOfLane(event)) change(withResent(queue, event));
    },
    { description: words.messages.resendRequested },
  );
  setHandler(eventsQuery, () => queue, { description: words.messages.events });

  // "Request Cancellation" in the web UI must not lose what business code does not know yet.
  return await CancellationScope.nonCancellable(async () => {
    for (;;) {
      const [event] = queue.waiting;
      if (!event) return queue;
      if (mustMove()) await continueAsNew<typeof events>(queue);
      isAskedAgain = false;
      const attempt = await attemptAt(event);
      if (attempt.kind === 'delivered') unpark(withFirstDelivered(queue));
      if (attempt.kind === 'given_up') {
        park(attempt.why);
        await condition(() => isAskedAgain || mustMove());
      }
    }
  });

  /** For three days, unless it is asked for anew meanwhile. */
  async function attemptAt(event: BusinessEvent): Promise<Attempt> {
    let ended: Attempt | undefined;
    const scope = new CancellationScope();
    const delivery = scope
      .run(() => deliver(mchid, event))
      .then(
        () => void (ended = { kind: 'delivered' }),
        (error: unknown) => void (ended = endedBy(error)),
      );
    await condition(() => ended !== undefined || isAskedAgain || mustMove());
    if (!ended) scope.cancel();
    await delivery;
    return ended ?? { kind: 'broken_off' };
  }

  function change(next: EventQueue): void {
    queue = next;
    setCurrentDetails(detailsOf(queue, words));
  }

  function park(why: string): void {
    const { parkedSince = rfc3339Of(new Date()) } = queue;
    change({ ...queue, parkedSince, why });
    tellTrouble(UNDELIVERED);
  }

  function unpark(next: EventQueue): void {
    const wasParked = queue.parkedSince !== undefined;
    change(next);
    if (wasParked) tellTrouble(null);
  }
}

type Attempt =
  | { readonly kind: 'delivered' | 'broken_off' }
  | { readonly kind: 'given_up'; readonly why: string };

/** While no worker delivers events at all, nothing was tried in vain. */
function endedBy(error: unknown): Attempt {
  if (isCancellation(error) || isUntried(error)) return { kind: 'broken_off' };
  return { kind: 'given_up', why: lastWordsOf(error) };
}

/** People can send anything from the web UI. */
function isOfLane(sent: unknown): sent is BusinessEvent {
  const { id, type, at, sequence, data } = (sent ?? {}) as Partial<
    Record<keyof BusinessEvent, unknown>
  >;
  const lane = typeof id === 'string' ? eventIdIn(id)?.lane : undefined;
  return (
    lane !== undefined &&
    workflowInfo().workflowId.endsWith(`/${lane}`) &&
    [type, at].every((it) => typeof it === 'string') &&
    Number.isSafeInteger(sequence) &&
    typeof data === 'object' &&
    data !== null
  );
}

function mustMove(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

function tellTrouble(value: typeof UNDELIVERED | null): void {
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.trouble, value }]);
}
