/** Tells an order that its user has authorised the service, or has ended that. */
import type { Notification } from '../../wechatpay/notification.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isNotRunning } from '../../temporal/errors.ts';
import { signalOnce } from '../../temporal/signal-once.ts';
import { instantOf } from '../../payscore/times/beijing-time.ts';
import { AuthorizationEvent } from '../../schemas/authorization.ts';
import { authorizationChanged, type AuthorizationNews } from '../../workflows/contract.ts';

/**
 * - `taken`: Temporal keeps it
 * - `nobody`: it names no order of ours that goes on: most revocations name one that ended long ago, or none
 * - `unavailable`: Temporal does not answer; the order asks WeChat by itself, a little later
 */
export type ToldAuthorization = 'taken' | 'nobody' | 'unavailable';

export interface AuthorizationNoted {
  readonly told: ToldAuthorization;
  /** Of the order that it names, where that is ours. */
  readonly out_order_no?: string;
}

/**
 * WeChat repeats these for days, and no repetition would change anything: nothing is thrown.
 *
 * @param signature of this delivery
 * @param deadline by when Temporal must have answered
 */
export async function tellAuthorization(
  temporal: Temporal,
  { id, resource }: Pick<Notification, 'id' | 'resource'>,
  signature: string,
  deadline: number,
): Promise<AuthorizationNoted> {
  const said = AuthorizationEvent.safeParse(resource);
  if (!said.success || said.data.mchid !== temporal.mchid) return { told: 'nobody' };
  // What we prepare for an order has the order's number.
  const { authorization_code: number } = said.data;
  const message = { argument: { ...newsIn(said.data), id }, signature };
  try {
    await withDeadline(temporal, deadline, () =>
      signalOnce(temporal, number, authorizationChanged, message),
    );
    return { told: 'taken', out_order_no: number };
  } catch (error) {
    return { told: isNotRunning(error) ? 'nobody' : 'unavailable' };
  }
}

function newsIn({ service_id, openorclose_time = '' }: AuthorizationEvent): AuthorizationNews {
  // WeChat writes it in Beijing time, without a zone.
  const changed = instantOf(openorclose_time);
  return {
    ...(service_id !== undefined && { service_id }),
    ...(changed && { changedAt: changed.toISOString() }),
  };
}
