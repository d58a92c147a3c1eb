/** What all calls about one order have in common: read its number and body, find it, answer in its name. */
import * as z from 'zod';
import { checkIdentity, type Identity, type Service } from '../service.ts';
import type { CheckedRequest } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { findOrder, type FindOrderParts } from './find-order.ts';
import type { Order } from './order.ts';
import { fingerprintOf } from './repetition.ts';
import { checkExcess } from './strict-fields.ts';
import { OutOrderNo } from './shared-fields.ts';

const Path = z.object({ out_order_no: OutOrderNo });

type Named = Pick<Identity, 'appid'> & { readonly service_id?: string | undefined };

export interface OrderCallParts extends FindOrderParts {
  readonly service: Service;
}

export interface OrderCall<Fields> {
  readonly order: Order;
  readonly fields: Fields;
  /** The body's fingerprint. */
  readonly said: string;
}

export function readOrderCall<Fields extends Named>(
  schema: z.ZodType<Fields>,
  { params, body }: CheckedRequest,
  parts: OrderCallParts,
): OrderCall<Fields> {
  const { service, orders } = parts;
  const { out_order_no } = readFields(Path, params, 'url');
  const json = readJson(body);
  const fields = readFields(schema, json, 'body');
  checkExcess(json, fields, params, parts.policies.now());
  const { appid, service_id = orders.get(out_order_no)?.service_id ?? service.service_id } = fields;
  checkIdentity({ appid, service_id }, service);
  const order = findOrder(out_order_no, { appid, service_id }, parts);
  return { order, fields, said: fingerprintOf(json) };
}
