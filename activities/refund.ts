/** Calls about one refund, and the message by which WeChat Pay tells of it. */
import { ApplicationFailure } from '@temporalio/common';
import { isFirstAttempt, isOfType, isRefused, isUnaccepted, later } from './polling.ts';
import { openSigned } from './notification.ts';
import { read } from './reading.ts';
import { sentBefore, type Clock } from './sending.ts';
import { isFinalRefund } from '../payscore/refunds/rules.ts';
import type { JsonBody } from '../payscore/order/operation.ts';
import type { SignedNotification } from '../payscore/order/opening.ts';
import type { FailureType } from '../payscore/refusals/failure-type.ts';
import { DEFAULT_POLL_DELAYS_MS } from '../payscore/times/poll-delay.ts';
import { Refund, RefundNews, type RefundStatus } from '../schemas/refund.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { NotificationOpener } from '../wechatpay/notification.ts';

export type OpenedRefundNews =
  | { readonly said: Refund }
  /** In words for people; nothing of the message is in them. */
  | { readonly why: string };

export interface RefundParts {
  readonly wechatpay: WechatpayClient;
  readonly opener: Omit<NotificationOpener, 'now'>;
  readonly clock: Clock;
  readonly delaysMs?: readonly number[] | undefined;
}

export type RefundActivities = ReturnType<typeof createRefundActivities>;

export function createRefundActivities(parts: RefundParts) {
  const { wechatpay, opener, clock, delaysMs = DEFAULT_POLL_DELAYS_MS } = parts;

  const getRefund = async (out_refund_no: string) => await refundAt(wechatpay, out_refund_no);

  return {
    /** 申请退款 */
    async applyForRefund(body: JsonBody, sendBefore: string): Promise<Refund> {
      try {
        return await sentBefore(clock, sendBefore, (by) =>
          read(Refund, wechatpay.applyForRefund(body, by)),
        );
      } catch (error) {
        throw isOfType(error, 'Throttled') ? perhapsDone(error as ApplicationFailure) : error;
      }
    },

    /** 查询单笔退款 */
    getRefund,

    /** Returns when it stands otherwise than this; null where WeChat does not know it any more. */
    async awaitRefund(out_refund_no: string, known: RefundStatus): Promise<Refund | null> {
      // Not before a minute is over (查询单笔退款), and the message is usually faster.
      if (isFirstAttempt()) throw later('WeChat Pay pays back', { delaysMs });
      const refund = await getRefund(out_refund_no).catch((error: unknown) => {
        if (isUnaccepted(error) || isRefused(error)) throw error;
        throw later(error instanceof Error ? error.message : 'it could not be read', { delaysMs });
      });
      if (refund === null || refund.status !== known || isFinalRefund(refund.status)) return refund;
      throw later(`still ${refund.status}`, { delaysMs });
    },

    /** Never fails, and asks nobody, but once for a certificate that it does not have. */
    async openRefundNotification(signed: SignedNotification): Promise<OpenedRefundNews> {
      const opened = await openSigned(signed, opener);
      if ('why' in opened) return opened;
      if (!opened.event_type.startsWith('REFUND.')) return { why: 'it is about something else' };
      const said = RefundNews.safeParse(opened.resource);
      return said.success ? { said: said.data } : { why: 'it says too little of the refund' };
    },
  };
}

/** The refund as WeChat has it; null when WeChat is proven not to know the number. */
export async function refundAt(
  wechatpay: Pick<WechatpayClient, 'getRefund'>,
  out_refund_no: string,
): Promise<Refund | null> {
  try {
    return await read(Refund, wechatpay.getRefund(out_refund_no));
  } catch (error) {
    if (isOfType(error, 'NotFound')) return null;
    throw error;
  }
}

/** Of refunds WeChat says too many calls also of what it has taken (申请退款, 错误码 FREQUENCY_LIMITED). */
function perhapsDone({ message }: ApplicationFailure): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Unknown' satisfies FailureType, message });
}
