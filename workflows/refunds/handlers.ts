/** Where messages about refunds arrive. Handlers only put things in; the loop takes them out. */
import { condition, setHandler } from '@temporalio/workflow';
import { refund, refundTold, refunds as refundsQuery, type RefundAsked } from '../contract.ts';
import { isExpired } from '../service-order/expired-request.ts';
import { isReset } from '../service-order/reset.ts';
import { notAllowed, refusal } from '../service-order/update-answer.ts';
import type { RefundsState } from './refunds-state.ts';
import { isSignedNotification, timeIn } from '../../payscore/order/message-shape.ts';
import { refundOf, type RefundRecord } from '../../payscore/refunds/refunds.ts';
import { refundFault } from '../../payscore/refunds/rules.ts';
import { refundsViewOf } from '../../payscore/refunds/view.ts';
import { OUT_REFUND_NO } from '../../payscore/refunds/number.ts';
import { words } from '../words.ts';

const UNREAD_LIMIT = 10;
/** Temporal lets ten wait at once. */
const CALLERS_LIMIT = 8;

export interface RefundsInbox {
  /** Takes no more: it goes on in a new run, or is about to end. */
  close(): void;
}

/** Sets every handler, so it must run before the first await: earlier messages would be lost. */
export function setRefundHandlers(state: RefundsState): RefundsInbox {
  let isClosed = false;
  let callers = 0;

  setHandler(
    refund,
    async (asked) => {
      callers += 1;
      try {
        return await taken(asked);
      } finally {
        callers -= 1;
      }
    },
    {
      description: words.messages.refund,
      validator(asked) {
        if (isClosed) throw refusal('Moved', words.updates.moved);
        if (callers >= CALLERS_LIMIT) {
          throw refusal('Busy', words.updates.crowded(CALLERS_LIMIT));
        }
        if (!isRefundAsked(asked)) throw refusal('NotAllowed', words.updates.refundNeeded);
        const known = refundOf(state.all, asked.out_refund_no);
        if (known && !isSame(known, asked)) throw numberUsed();
        if (!known && isExpired(asked)) {
          throw refusal('Expired', words.updates.expired);
        }
        const fault = known ? undefined : faultOf(asked);
        if (fault) throw notAllowed(fault);
      },
    },
  );
  setHandler(
    refundTold,
    (signed) => {
      if (!isSignedNotification(signed) || state.all.unread.length >= UNREAD_LIMIT) return;
      state.change((all) => ({ ...all, unread: [...all.unread, signed] }));
    },
    { description: words.messages.refundTold },
  );
  setHandler(refundsQuery, () => refundsViewOf(state.all), { description: words.messages.refunds });

  return { close: () => void (isClosed = true) };

  async function taken(asked: RefundAsked): Promise<RefundRecord> {
    const isKnown = () => state.all.charge !== undefined;
    // What was accepted before a reset was promised, however long ago.
    if (isReset()) await condition(isKnown);
    else if (!(await condition(isKnown, left(asked)))) {
      throw refusal('Expired', words.updates.paymentUntold);
    }
    const known = refundOf(state.all, asked.out_refund_no);
    if (known && !isSame(known, asked)) throw numberUsed();
    if (!known) {
      const fault = faultOf(asked);
      if (fault) throw notAllowed(fault);
      const { out_refund_no, amount, reason, digest, receivedAt, by } = asked;
      const record: RefundRecord = {
        ...{ out_refund_no, amount, digest, receivedAt, state: 'waiting' },
        ...(reason !== undefined && { reason }),
        ...(by !== undefined && { by }),
      };
      state.change((all) => ({ ...all, refunds: [...all.refunds, record] }));
    }
    await condition(
      () => isClosed || isTold(refundOf(state.all, asked.out_refund_no)),
      left(asked),
    );
    const refunded = refundOf(state.all, asked.out_refund_no);
    if (!refunded) throw refusal('Moved', words.updates.moved);
    return refunded;
  }

  function faultOf({ amount }: RefundAsked) {
    // Whether there was a payment is not known before WeChat Pay has told.
    return state.all.charge === undefined ? undefined : refundFault(state.all, amount, new Date());
  }
}

function numberUsed() {
  return refusal('KeyReused', words.fact({ code: 'refund_number_used' }));
}

/** As long as its caller waits, and a little less, so that the answer still reaches him. */
function left({ notAfter }: RefundAsked): number {
  return Math.max(1, Date.parse(notAfter) - 1_000 - Date.now());
}

function isTold(refunded: RefundRecord | undefined): boolean {
  return refunded !== undefined && refunded.state !== 'waiting' && refunded.state !== 'unknown';
}

function isSame({ digest }: RefundRecord, asked: RefundAsked): boolean {
  return digest !== '' && digest === asked.digest;
}

function isRefundAsked(asked: unknown): asked is RefundAsked {
  const { out_refund_no, amount, digest, reason, by } = (asked ?? {}) as Partial<
    Record<keyof RefundAsked, unknown>
  >;
  return (
    typeof out_refund_no === 'string' &&
    OUT_REFUND_NO.test(out_refund_no) &&
    Number.isSafeInteger(amount) &&
    Number(amount) > 0 &&
    typeof digest === 'string' &&
    (['receivedAt', 'notAfter'] as const).every((it) => timeIn(asked, it) !== undefined) &&
    (reason === undefined || typeof reason === 'string') &&
    (by === undefined || typeof by === 'string')
  );
}
