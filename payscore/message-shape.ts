/** Whether a message has the shape that the workflow reads: people in the web UI can send anything, and none may stop an order. */
import type { ServiceOrder } from '../schemas/service-order.ts';

/** What a person has to write to complete an order by hand. */
export const COMPLETE_EXAMPLE =
  '{"body":{"post_payments":[{"name":"租借费","amount":500}],"total_amount":500}}';

export function hasCompletion(asked: unknown): boolean {
  if (!isObject(asked) || !isObject(asked['body'])) return false;
  const { total_amount, post_payments, time_range = {} } = asked['body'];
  return (
    Number.isSafeInteger(total_amount) &&
    Array.isArray(post_payments) &&
    isTimes(time_range) &&
    [asked['receivedAt'], asked['notAfter']].every(isTimestamp)
  );
}

function isTimestamp(time: unknown): boolean {
  return time === undefined || (typeof time === 'string' && Number.isFinite(Date.parse(time)));
}

export function isServiceOrder(said: unknown): said is ServiceOrder {
  if (!isObject(said)) return false;
  const { out_order_no, mchid, appid, service_id, state, collection } = said;
  const named = [out_order_no, mchid, appid, service_id, state];
  return (
    named.every((field) => typeof field === 'string') &&
    (collection === undefined || (isObject(collection) && Array.isArray(collection['details'])))
  );
}

function isTimes(times: unknown): boolean {
  return isObject(times) && Object.values(times).every((time) => typeof time === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
