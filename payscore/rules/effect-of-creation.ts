/** Whether an order exists as it was to be created, by WeChat's account of it. */
import { APPLIED, impossible, NOT_APPLIED, UNCLEAR, type Effect } from './effect.ts';
import { isOf } from './identity.ts';
import { phaseOf } from './phase.ts';
import type { Opened } from '../order/opening.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

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
export function effectOfCreation(
  opening: Opened,
  said: ServiceOrder | null,
  ownership: Ownership,
): Effect {
  if (said === null) return NOT_APPLIED;
  if (!isSameOrder(opening, said)) return impossible({ code: 'of_somebody_else' });
  if (ownership !== 'taken' && differencesOf(opening, said).length > 0) return NOT_APPLIED;
  if (ownership === 'asked' && isUnused(said)) return NOT_APPLIED;
  if (said.state === 'CREATED') {
    return { kind: 'unwanted', rule: { code: 'created_in_confirm_mode' } };
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
