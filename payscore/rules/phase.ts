/** Where an order stands, in one word: our reading of WeChat's `state`, `state_description` and `collection.state`. */
import type { ServiceOrder } from '../../schemas/service-order.ts';

export const PHASES = [
  /** The user has not authorised the service; a jump to WeChat is on offer. */
  'authorizing',
  /** Whether the order exists is not yet known. */
  'creating',
  /** The service is running. */
  'in_service',
  /** Completed; WeChat is charging. */
  'paying',
  /** Charged by WeChat. */
  'paid',
  /** Settled by sync: the user paid the merchant directly. */
  'paid_elsewhere',
  /** Completed with nothing to pay. */
  'free',
  'cancelled',
  /** WeChat refused to create it. */
  'rejected',
  /** The user did not authorise the service. */
  'unauthorized',
] as const;
export type Phase = (typeof PHASES)[number];

/** The phases that can be read from what WeChat says. */
export type WechatPhase = Exclude<Phase, 'authorizing' | 'creating' | 'rejected' | 'unauthorized'>;

const FINAL: ReadonlySet<Phase | 'unclear'> = new Set([
  'paid',
  'paid_elsewhere',
  'free',
  'cancelled',
  'rejected',
  'unauthorized',
]);

/** What is unclear decides nothing, so it is not final. */
export function isFinal(phase: Phase | 'unclear'): boolean {
  return FINAL.has(phase);
}

type Triple = Pick<ServiceOrder, 'state' | 'state_description' | 'collection' | 'total_amount'>;

/**
 * The phase of an order as WeChat describes it (reference of the state machine: guide 3.1, 查询支付分订单).
 *
 * `unclear` is every combination that the state table does not know, contradictions included: nothing may be decided by
 * it, and WeChat is to be asked again. `CREATED` is among them, because in the confirm-free mode only `DOING` means that
 * the order exists. Of an answer without `collection` this reads `paying` and `free` too: only a query's answer or a
 * notification is complete enough to settle an order by.
 */
export function phaseOf(order: Triple): WechatPhase | 'unclear' {
  switch (order.state) {
    case 'DOING':
      return phaseOfDoing(order);
    case 'DONE':
      return phaseOfDone(order);
    case 'REVOKED':
      // Cancelled while WeChat was charging, it may still show what would have been charged.
      return (order.collection?.state ?? 'USER_PAYING') === 'USER_PAYING' ? 'cancelled' : 'unclear';
    case 'EXPIRED':
      return order.collection ? 'unclear' : 'cancelled';
    default:
      return 'unclear';
  }
}

interface Standing {
  readonly state: string;
  readonly state_description?: string | undefined;
  readonly collection?: { readonly state?: string | undefined } | undefined;
}

/** WeChat's own words of where the order stands. */
export function standingOf({ state, state_description, collection }: Standing): string {
  return [state, state_description, collection?.state].filter(Boolean).join(' / ');
}

function phaseOfDoing({ state_description, collection }: Triple): WechatPhase | 'unclear' {
  if (state_description === 'USER_CONFIRM' && !collection) return 'in_service';
  if (state_description !== 'MCH_COMPLETE') return 'unclear';
  return !collection || collection.state === 'USER_PAYING' ? 'paying' : 'unclear';
}

function phaseOfDone({ collection, total_amount }: Triple): WechatPhase | 'unclear' {
  if (!collection) return total_amount === 0 ? 'free' : 'unclear';
  if (collection.state !== 'USER_PAID') return 'unclear';
  const { details } = collection;
  const charged = details.filter(({ paid_type }) => paid_type === 'NEWTON');
  if (charged.some(({ amount = 0 }) => amount > 0)) return 'paid';
  if (details.length === 0 || charged.some(({ amount }) => amount === undefined)) return 'unclear';
  if (charged.length === 0) {
    return details.every(({ paid_type }) => paid_type === 'MCH') ? 'paid_elsewhere' : 'unclear';
  }
  // A coupon paid for all of it, or nothing was left to pay: settled, and the user paid nothing.
  if (details.length > charged.length) return 'unclear';
  return total_amount === 0 ? 'free' : 'paid';
}
