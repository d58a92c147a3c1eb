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
import { getServiceOrder, openRefundNotification, getRefund } from '../activities.ts';
import { createBackgroundTasks } from '../service-order/background-tasks.ts';
import { whyOf } from '../unknown-outcome/activity-failure.ts';
import { pause } from '../unknown-outcome/query.ts';
import { apply } from './application.ts';
import { setRefundHandlers } from './handlers.ts';
import { openRefundsState, type RefundsState } from './refunds-state.ts';
import { watch } from './watch.ts';
import { tellOrder } from './order-told.ts';
import { chargeOf } from '../../payscore/refunds/charge.ts';
import type { Refunds, RefundsOpening } from '../../payscore/refunds/refunds.ts';
import { isOpen, nextToSend, toWatch } from '../../payscore/refunds/rules.ts';
import { isAbout, told } from '../../payscore/refunds/told.ts';
import { refundsViewOf, type RefundsView } from '../../payscore/refunds/view.ts';

export async function refunds(opening: RefundsOpening, carried?: Refunds): Promise<RefundsView> {
  const state = openRefundsState(opening, carried);
  const inbox = setRefundHandlers(state);
  const tasks = createBackgroundTasks<string>();
  const mustMove = () => workflowInfo().continueAsNewSuggested;

  // "Request Cancellation" in the web UI must not end what WeChat Pay goes on with.
  return await CancellationScope.nonCancellable(async () => {
    if (state.all.charge === undefined) await learnCharge(state);
    for (;;) {
      const isAtWork = () => isOpen(state.all) || !allHandlersFinished();
      while (isAtWork() && !mustMove()) {
        turn();
        await condition(() => !isAtWork() || mustMove() || hasWork());
      }
      await tellOrder(state);
      if (mustMove() || !isAtWork()) break;
    }
    inbox.close();
    await condition(allHandlersFinished);
    if (mustMove() && isOpen(state.all)) await continueAsNew<typeof refunds>(opening, state.all);
    return refundsViewOf(state.all);
  });

  function turn(): void {
    tasks.check();
    const next = nextToSend(state.all);
    if (next && !tasks.isRunning('application')) {
      tasks.run('application', () => apply(state, next.out_refund_no));
    }
    if (state.all.unread.length > 0 && !tasks.isRunning('notification')) {
      tasks.run('notification', () => openNext(state));
    }
    const watched = toWatch(state.all).map(({ out_refund_no }) => out_refund_no);
    for (const number of watched) {
      if (!tasks.isRunning(number)) tasks.run(number, () => watch(state, number));
    }
    for (const { out_refund_no } of state.all.refunds) {
      if (!watched.includes(out_refund_no)) tasks.cancel(out_refund_no);
    }
  }

  function hasWork(): boolean {
    const isIdle = (task: string) => !tasks.isRunning(task);
    return (
      tasks.hasFault() ||
      (nextToSend(state.all) !== undefined && isIdle('application')) ||
      (state.all.unread.length > 0 && isIdle('notification')) ||
      toWatch(state.all).some(({ out_refund_no }) => isIdle(out_refund_no)) ||
      state.all.refunds.some(
        ({ out_refund_no, state: it }) =>
          !isIdle(out_refund_no) && it !== 'processing' && it !== 'abnormal',
      )
    );
  }
}

/** What was paid, WeChat Pay says; what the start says of it is not believed. */
async function learnCharge(state: RefundsState): Promise<void> {
  const { service, out_order_no, transaction_id } = state.all.opening;
  const { appid, service_id } = service;
  for (let round = 1; ; round++) {
    try {
      const said = await getServiceOrder({ out_order_no, appid, service_id });
      return state.change((all) => ({ ...all, charge: chargeOf(said, transaction_id) }));
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      state.change((all) => ({ ...all, misconfigured: whyOf(error) }));
    }
    await pause(round + 3, 'before WeChat Pay is asked for the payment');
  }
}

/** What anybody could have put into the signal proves nothing; what cannot be believed makes WeChat Pay be asked. */
async function openNext(state: RefundsState): Promise<void> {
  const [signed] = state.all.unread;
  if (!signed) return;
  const opened = await openRefundNotification(signed);
  state.change((all) => ({ ...all, unread: all.unread.slice(1) }));
  if (!('said' in opened)) return;
  const { said } = opened;
  const isOurs = state.all.refunds.some((it) => it.out_refund_no === said.out_refund_no);
  if (isOurs && isAbout(state.all, said)) {
    return state.change((all) => told(all, said, new Date()));
  }
  const now = await getRefund(said.out_refund_no);
  if (now && isAbout(state.all, now)) state.change((all) => told(all, now, new Date()));
}
