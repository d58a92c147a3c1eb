/** Calls that change something: not sent any more when nobody reckons with them. */
import { ApplicationFailure } from '@temporalio/common';
import { isOfType } from './polling.ts';
import type { FailureType } from '../payscore/refusals/failure-type.ts';
import type { SendBy } from '../wechatpay/exchange.ts';

/** Temporal's clock, as the worker knows it. */
export interface Clock {
  now(): Date;
  /** Both clocks, in words for people, where they are apart; empty otherwise. */
  difference(): string;
}

const NOT_SENT: FailureType = 'NotSent';

/**
 * The workflow has given an attempt up by then: sent later, it could arrive after its outcome was believed to be proven.
 *
 * @param moment RFC 3339; undefined: at any time
 */
export async function sentBefore<T>(
  clock: Clock,
  moment: string | undefined,
  send: (by: SendBy | undefined) => Promise<T>,
): Promise<T> {
  const by = moment === undefined ? undefined : sendBy(clock, new Date(moment));
  try {
    return await send(by);
  } catch (error) {
    if (!isOfType(error, NOT_SENT)) throw error;
    const message = `not sent: a worker had it in hand too late${clock.difference()}`;
    throw ApplicationFailure.create({ type: NOT_SENT, message });
  }
}

function sendBy(clock: Clock, moment: Date): SendBy {
  return { moment, isOver: () => clock.now() > moment };
}
