/** All refunds of one payment, as long as any of them is open. */
import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import { getServiceOrder, openRefundNotification, publish } from '../activities.ts';
import { createBackgroundTasks } from '../service-order/background-tasks.ts';
import { isRefused, whyOf } from '../unknown-outcome/activity-failure.ts';
import { pause } from '../unknown-outcome/query.ts';
import { apply } from './application.ts';
import { askRefund } from './asking.ts';
import { setRefundHandlers } from './handlers.ts';
import { openRefundsState, type RefundsState } from './refunds-state.ts';
import { watch } from './watch.ts';
import { tellOrder } from './order-told.ts';
import { laneOfRefunds } from '../../payscore/events/lane.ts';
import { withoutFirst } from '../../payscore/events/outbox.ts';
import { chargeOf } from '../../payscore/refunds/charge.ts';
import type { Refunds, RefundsOpening } from '../../payscore/refunds/refunds.ts';
import { nextToSend, toWatch } from '../../payscore/refunds/rules.ts';
import type { SignedNotification } from '../../payscore/order/opening.ts';
import type { Refund } from '../../schemas/refund.ts';
import { isAbout, told } from '../../payscore/refunds/told.ts';
import { refundsViewOf, type RefundsView } from '../../payscore/refunds/view.ts';
import { words } from '../words.ts';

export async function refunds(opening: RefundsOpening, carried?: Refunds): Promise<RefundsView> {
  const state = openRefundsState(opening, carried);
  const inbox = setRefundHandlers(state);
  const tasks = createBackgroundTasks<string>();
  const mustMove = () => workflowInfo().continueAsNewSuggested;
  /** How many of those that succeeded the order was told of in this run. */
  let toldOf = 0;

  const jobs = (): readonly Job[] => [
    ...jobIf(nextToSend(state.all), 'application', (it) => apply(state, it.out_refund_no)),
    ...jobIf(state.all.unread[0], 'notification', (it) => openNotification(state, it)),
    ...jobIf(succeededSince(toldOf)[0], 'order', tellAll),
    ...jobIf(state.all.outbox?.waiting[0], 'publication', publishAll),
    ...toWatch(state.all).map(({ out_refund_no }) => ({
      name: `${WATCH}${out_refund_no}`,
      begin: () => watch(state, out_refund_no),
    })),
  ];
  const due = () => jobs().filter(({ name }) => !tasks.isRunning(name));
  const overtaken = () => {
    const needed = jobs().map(({ name }) => name);
    return tasks.wanted().filter((name) => name.startsWith(WATCH) && !needed.includes(name));
  };
  const isAtWork = () => jobs().length > 0 || tasks.wanted().length > 0 || !allHandlersFinished();

  // "Request Cancellation" in the web UI must not end what WeChat Pay goes on with.
  return await CancellationScope.nonCancellable(async () => {
    if (state.all.charge === undefined) await learnCharge(state);
    while (isAtWork() && !mustMove()) {
      tasks.check();
      for (const { name, begin } of due()) tasks.run(name, begin);
      tasks.cancel(...overtaken());
      const hasWork = () => tasks.hasFault() || due().length > 0 || overtaken().length > 0;
      await condition(() => !isAtWork() || mustMove() || hasWork());
    }
    inbox.close();
    if (isAtWork()) {
      // What is begun again by the next run; what is being sent is waited for.
      tasks.cancel(...tasks.wanted().filter((name) => name !== 'order'));
      await condition(() => tasks.running().length === 0 && allHandlersFinished());
      await continueAsNew<typeof refunds>(opening, state.all);
    }
    return refundsViewOf(state.all);
  });

  function succeededSince(nth: number) {
    return state.all.refunds.filter((it) => it.state === 'success').slice(nth);
  }

  async function publishAll(): Promise<void> {
    const { waiting = [] } = state.all.outbox ?? {};
    const { service, transaction_id } = opening;
    await publish(service.mchid, laneOfRefunds(transaction_id), waiting);
    state.change(({ outbox, ...all }) => ({
      ...all,
      ...(outbox && { outbox: withoutFirst(outbox, waiting.length) }),
    }));
  }

  async function tellAll(): Promise<void> {
    const count = succeededSince(0).length;
    await tellOrder(state);
    toldOf = count;
  }
}

interface Job {
  /** One of a name at a time. */
  readonly name: string;
  begin(): Promise<void>;
}

const WATCH = 'watch/';

function jobIf<T>(what: T | undefined, name: string, begin: (it: T) => Promise<void>): Job[] {
  return what === undefined ? [] : [{ name, begin: () => begin(what) }];
}

/** What was paid, WeChat Pay says; what the start says of it is not believed. */
async function learnCharge(state: RefundsState): Promise<void> {
  for (let round = 1; ; round++) {
    const account = await askOrder(state.all.opening);
    if ('said' in account) {
      const charge = chargeOf(account.said, state.all.opening.transaction_id);
      return state.change((all) => ({ ...all, misconfigured: undefined, charge }));
    }
    const why = whyOf(account.failed);
    state.change((all) => ({ ...all, misconfigured: why }));
    await pause(round + 3, words.summaries.timers.askForPayment);
  }
}

/** Of one that is no longer kept it is not known of which service it was: only if none of them has it, there is none. */
async function askOrder({ service, others = [], out_order_no }: RefundsOpening) {
  let failed: ActivityFailure | undefined;
  for (const { appid, service_id } of [service, ...others]) {
    try {
      const said = await getServiceOrder({ out_order_no, appid, service_id });
      if (said) return { said };
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      failed = error;
    }
  }
  return failed ? { failed } : { said: null };
}

/** What anybody could have put into the signal proves nothing; what cannot be believed makes WeChat Pay be asked. */
async function openNotification(state: RefundsState, signed: SignedNotification): Promise<void> {
  const said = await opened(signed);
  if (said) await believe(state, said);
  state.change((all) => ({ ...all, unread: all.unread.slice(1) }));
}

/** A worker of another release may not know how, or be lost: what we have asked for is looked at by itself. */
async function opened(signed: SignedNotification): Promise<Refund | undefined> {
  try {
    const news = await openRefundNotification(signed);
    return 'said' in news ? news.said : undefined;
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return undefined;
  }
}

async function believe(state: RefundsState, said: Refund): Promise<void> {
  const isKnown = state.all.refunds.some((it) => it.out_refund_no === said.out_refund_no);
  const now =
    isKnown && isAbout(state.all, said)
      ? said
      : await askRefund(state, said.out_refund_no, isRefused);
  if (now && isAbout(state.all, now)) state.change((all) => told(all, now, new Date()));
}
