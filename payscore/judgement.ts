/** What WeChat's account of an order says about a call whose outcome is in question. */
import type { AskedOperation } from './operation.ts';
import type { Opened, Order } from './order.ts';
import { phaseOf, type WechatPhase } from './phase.ts';
import { belongsTo, isOf } from './trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { JsonBody } from './request-body.ts';

export type Judgement =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not_applied' }
  /** It cannot be, or become, what was asked for: why, in our words. */
  | { readonly kind: 'impossible'; readonly rule: string }
  /** It exists, but not as it was asked for, and must not stay: why, in our words. */
  | { readonly kind: 'unwanted'; readonly rule: string }
  /** Nothing can be concluded: ask again. */
  | { readonly kind: 'unclear' };

const APPLIED: Judgement = { kind: 'applied' };
const NOT_APPLIED: Judgement = { kind: 'not_applied' };
const UNCLEAR: Judgement = { kind: 'unclear' };

/**
 * How it is known whose order stands under the number.
 *
 * - `taken`: WeChat has said yes to our own creation, so that whatever it repeats of it differently is ours
 * - `shown`: as far as WeChat shows
 * - `asked`: only WeChat can compare an order that nobody has used yet, so the same is sent again (原参重入)
 */
export type Ownership = 'taken' | 'shown' | 'asked';

/**
 * Whether the order exists that was to be created. Only `DOING`, or what follows from it, means that it does (guide 3.1
 * step 3); `CREATED` waits for a confirmation that the confirm-free mode does not know.
 */
export function judgeCreation(
  opening: Opened,
  said: ServiceOrder | null,
  ownership: Ownership,
): Judgement {
  if (said === null) return NOT_APPLIED;
  if (!isSameOrder(opening, said)) return impossible('it belongs to another user, app or service');
  if (ownership !== 'taken' && differencesOf(opening, said).length > 0) return NOT_APPLIED;
  if (ownership === 'asked' && isUnused(said)) return NOT_APPLIED;
  if (said.state === 'CREATED') {
    return {
      kind: 'unwanted',
      rule: 'WeChat Pay created the order in the confirm mode (state CREATED): ask for the confirm-free permission of this service_id',
    };
  }
  return phaseOf(said) === 'unclear' ? UNCLEAR : APPLIED;
}

function isUnused(said: ServiceOrder): boolean {
  return said.state === 'CREATED' || phaseOf(said) === 'in_service';
}

export function isSameOrder({ service, request }: Opened, said: ServiceOrder): boolean {
  return isOf({ ...service, ...request }, said);
}

/** The fields in which WeChat shows another order than the one that was to be created, as far as it repeats them. */
export function differencesOf({ service, request }: Opened, said: ServiceOrder): string[] {
  const identity = (['appid', 'service_id'] as const).filter((it) => said[it] !== service[it]);
  const isOfOther = said.openid !== undefined && said.openid !== request.openid;
  const { risk_fund, service_introduction } = said;
  const amount: unknown = isFields(risk_fund) ? risk_fund['amount'] : undefined;
  const isOtherAmount = amount !== undefined && Number(amount) !== request.risk_fund.amount;
  const isOtherText =
    typeof service_introduction === 'string' &&
    tidied(service_introduction) !== tidied(request.service_introduction);
  const isOtherAttach = said.attach !== undefined && said.attach !== (request.attach ?? '');
  // What was to be paid at the opening gives way to the real amounts at the completion.
  const isOtherFees =
    phaseOf(said) === 'in_service' &&
    Array.isArray(said.post_payments) &&
    feesIn(said.post_payments) !== feesIn(request.post_payments);
  return [
    ...identity,
    ...(isOtherAttach ? ['attach'] : []),
    ...(isOtherFees ? ['post_payments'] : []),
    ...(isOfOther ? ['openid'] : []),
    ...(isOtherAmount ? ['risk_fund.amount'] : []),
    ...(isOtherText ? ['service_introduction'] : []),
  ];
}

/** What is to be paid for what, as one text; before the completion an amount may be left out. */
function feesIn(fees: readonly unknown[] = []): string {
  return fees
    .map((fee) =>
      isFields(fee) ? `${tidied(String(fee['name']))} ${String(fee['amount'] ?? '')}` : '',
    )
    .join('; ');
}

/** WeChat may trim what it repeats. */
function tidied(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an operation with this body has taken effect. */
export function judgeOperation(
  order: Order,
  { operation, body }: { readonly operation: AskedOperation; readonly body: JsonBody },
  said: ServiceOrder | null,
): Judgement {
  if (said === null) return NOT_APPLIED;
  if (!belongsTo(order, said)) return UNCLEAR;
  // Before it was confirmed there is nothing but to cancel it.
  if (operation === 'cancel' && said.state === 'CREATED') return NOT_APPLIED;
  const phase = phaseOf(said);
  if (phase === 'unclear') return UNCLEAR;
  return JUDGEMENTS[operation](phase, said, body['total_amount']);
}

type Judge = (phase: WechatPhase, said: ServiceOrder, total: unknown) => Judgement;

const JUDGEMENTS: Readonly<Record<AskedOperation, Judge>> = {
  complete(phase, said, total) {
    switch (phase) {
      case 'in_service':
        return NOT_APPLIED;
      case 'cancelled':
        return impossible('the order was cancelled');
      case 'paying':
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        if (said.total_amount === undefined) return UNCLEAR;
        return said.total_amount === total
          ? APPLIED
          : impossible(`the order was completed with total_amount ${said.total_amount}`);
    }
  },
  modify(phase, said, total) {
    switch (phase) {
      case 'in_service':
        return UNCLEAR;
      case 'cancelled':
        return impossible('the order was cancelled');
      case 'paying':
        if (said.total_amount === undefined) return UNCLEAR;
        // Sent again, it would raise what was lowered meanwhile.
        if (said.total_amount < Number(total)) return impossible('the amount is lower already');
        return said.total_amount === total ? APPLIED : NOT_APPLIED;
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        if (said.total_amount === undefined) return UNCLEAR;
        return said.total_amount === total ? APPLIED : impossible(settledWith(phase, said));
    }
  },
  cancel(phase, said) {
    switch (phase) {
      case 'cancelled':
        return APPLIED;
      case 'in_service':
      case 'paying':
        return NOT_APPLIED;
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        return impossible(settledWith(phase, said));
    }
  },
  sync(phase, said) {
    switch (phase) {
      case 'paid_elsewhere':
        return APPLIED;
      case 'in_service':
        return UNCLEAR;
      case 'paying':
        return NOT_APPLIED;
      case 'cancelled':
        return impossible('the order was cancelled');
      case 'paid':
      case 'free':
        return impossible(settledWith(phase, said));
    }
  },
};

function settledWith(phase: WechatPhase, { total_amount }: ServiceOrder): string {
  return `the order is ${phase} with total_amount ${total_amount ?? 'unknown'}`;
}

function impossible(rule: string): Judgement {
  return { kind: 'impossible', rule };
}
