/** Sends an order an update and waits for what comes of it, as long as the caller waits. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowUpdateHandle } from '@temporalio/client';
import type { Deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { withDeadline, runOf, type Temporal } from '../../temporal/client.ts';
import {
  isExhausted,
  isInTransition,
  isNotRunning,
  isOvertakenByEnd,
  isServiceError,
  isTimeout,
  updateRefusalOf,
  type AnsweredRefusal,
} from '../../temporal/errors.ts';
import { Problem } from '../http/problems.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import type { Sentence } from '../../words/sentence.ts';
import type { OrderView } from '../../payscore/order/view.ts';

const AGAIN_MS = 200;
const NEWS_ROUNDS = 6;

export interface Update {
  /** Of the update in `workflows/contract.ts`. */
  readonly name: string;
  readonly out_order_no: string;
  readonly updateId: string;
  readonly args: readonly unknown[];
  /** Whoever only wants to know makes room for those who want something done. */
  readonly isNews?: boolean;
}

/**
 * - an order: as it stands after the update
 * - `pending`: taken durably, its outcome is not known in time
 * - `ended`: no run takes messages under this number
 */
export type Updated = OrderView | 'pending' | 'ended';

/** @throws {Problem} `not-allowed`, `refused-by-wechat-pay`, `key-reused`, `busy`, `not-taken` */
export async function sendUpdate(
  temporal: Temporal,
  { name, out_order_no, updateId, args, isNews = false }: Update,
  until: Deadlines,
): Promise<Updated> {
  let wasBusy = false;
  for (let round = 1; ; round++) {
    try {
      const handle: WorkflowUpdateHandle<OrderView> = await withDeadline(temporal, until.call, () =>
        runOf(temporal, out_order_no).startUpdate(name, {
          args: [...args] as [],
          // A run that was reset does not answer for what it had accepted before; the order still knows the key.
          updateId: round === 1 ? updateId : `${updateId}/${round}`,
          waitForStage: 'ACCEPTED',
        }),
      );
      return await resultOf(temporal, handle, until.call);
    } catch (error) {
      if (isNotRunning(error) || isOvertakenByEnd(error)) return 'ended';
      wasBusy ||= isBusy(error);
      // Somebody was there, and had too much to do, though the last answer did not come in time.
      const hasAsked = isNews && round >= NEWS_ROUNDS;
      if (wasBusy && (hasAsked || isTimeout(error))) throw busy();
      if (!isToBeRepeated(error)) throw problemIn(error);
      if (Date.now() > until.call - AGAIN_MS) throw wasBusy ? busy() : problemIn(error);
    }
    // Crowds that ask again in step would only meet again.
    await delay(AGAIN_MS * (0.5 + Math.random()) * Math.min(round, 4));
  }
}

async function resultOf(
  temporal: Temporal,
  handle: WorkflowUpdateHandle<OrderView>,
  deadline: number,
): Promise<Updated> {
  try {
    return await withDeadline(temporal, deadline, () => handle.result());
  } catch (error) {
    // It was accepted, so it is durable, whatever became of the connection.
    if (isTimeout(error) || isServiceError(error)) return 'pending';
    throw error;
  }
}

function busy(): Problem {
  return new Problem('busy', { detail: ({ problems }) => problems.orders.busy });
}

function isBusy(error: unknown): boolean {
  return isExhausted(error) || updateRefusalOf(error)?.type === 'Busy';
}

/** The order goes on in a new run, has too much to do just now, or saw an earlier attempt of the same too late. */
function isToBeRepeated(error: unknown): boolean {
  const { type } = updateRefusalOf(error) ?? {};
  const isPassing = type === 'Moved' || type === 'Expired';
  return isPassing || isBusy(error) || isInTransition(error);
}

function problemIn(error: unknown): unknown {
  const refusal = updateRefusalOf(error);
  switch (refusal?.type) {
    case 'Refused':
      return refusedByWechatPay(refusal.detail as Refusal);
    case 'NotAllowed':
      return new Problem('not-allowed', { detail: ruleIn(refusal) });
    case 'KeyReused':
      return keyReused();
    case 'Busy':
      return busy();
    case 'Moved':
    case 'Expired':
      return notTaken();
    case 'Other': {
      const { message } = refusal;
      return new Problem('unavailable', {
        detail: ({ problems }) => problems.orders.refusedOtherwise(message),
      });
    }
    case undefined:
      return isTimeout(error) ? notKnownToBeTaken() : problemOf(error);
  }
}

/** A worker of another release may say it in words only, which are its operator's. */
export function ruleIn({ detail, message }: AnsweredRefusal): Sentence {
  return ({ fact }) => (detail ? fact(detail as Fact) : message);
}

export function refusedByWechatPay(refusal: Refusal, isReplayed = false): Problem {
  return new Problem('refused-by-wechat-pay', {
    detail: ({ problems }) => problems.orders.unchanged,
    refusal,
    isReplayed,
  });
}

export function keyReused(): Problem {
  return new Problem('key-reused', { detail: ({ problems }) => problems.orders.keyReused });
}

/** A worker may have taken it at the last moment, and its answer been lost. */
function notKnownToBeTaken(): Problem {
  return new Problem('not-taken', { detail: ({ problems }) => problems.orders.notKnownToBeTaken });
}

function notTaken(): Problem {
  return new Problem('not-taken', { detail: ({ problems }) => problems.orders.notTaken });
}
