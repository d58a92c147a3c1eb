/** Reads WeChat Pay's answers by their schemas, and turns whatever goes wrong into a failure that the order understands. */
import type { z } from 'zod';
import { failureOf } from './failure.ts';
import { ServiceOrder } from '../schemas/service-order.ts';
import type { Answer } from '../wechatpay/answer.ts';
import { classify } from '../wechatpay/classification.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { TransportError } from '../wechatpay/errors.ts';
import type { ServiceOrderKey } from '../wechatpay/service-orders.ts';

/** One call of WeChat Pay, whose answer has this shape. */
export async function read<T>(schema: z.ZodType<T>, call: Promise<Answer>): Promise<T> {
  try {
    return parsed(schema, await call);
  } catch (error) {
    throw failureOf(error);
  }
}

/** The order as WeChat has it; null when WeChat is proven not to know its number. */
export async function readServiceOrder(
  wechatpay: WechatpayClient,
  key: ServiceOrderKey,
): Promise<ServiceOrder | null> {
  try {
    return parsed(ServiceOrder, await wechatpay.getServiceOrder(key));
  } catch (error) {
    if (classify(error) === 'NotFound') return null;
    throw failureOf(error);
  }
}

function parsed<T>(schema: z.ZodType<T>, { json, requestId }: Answer): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || '(the whole)');
  throw new TransportError(`the answer lacks or garbles ${fields.join(', ')}`, { requestId });
}
