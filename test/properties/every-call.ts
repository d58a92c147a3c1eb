/** Every call of the client, by the name that the simulator has for it, with whatever it is given. */
import type { Answer } from '../../wechatpay/answer.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import type { JsonObject } from '../../wechatpay/json.ts';
import type { Call } from '../../simulator/control.ts';

/** One call's input: a body that is any JSON, one parameter for the path or the query, two more for the query. */
export interface Given {
  readonly body: unknown;
  readonly parameter: string;
  readonly appid: string;
  readonly service_id: string;
}

export interface EveryCall {
  readonly call: Call;
  /** Where `parameter` goes. */
  readonly into: 'path' | 'query' | 'none';
  readonly run: (client: WechatpayClient, given: Given) => Promise<Answer>;
}

const onOrder = (
  call: Call,
  method:
    | 'cancelServiceOrder'
    | 'modifyServiceOrder'
    | 'completeServiceOrder'
    | 'syncServiceOrder'
    | 'payServiceOrder',
): EveryCall => ({
  call,
  into: 'path',
  run: (client, { parameter, body }) => client[method](parameter, body as JsonObject),
});

export const EVERY_CALL: readonly EveryCall[] = [
  {
    call: 'create',
    into: 'none',
    run: (client, { body }) => client.createServiceOrder(body as JsonObject),
  },
  {
    call: 'query',
    into: 'query',
    run: (client, { parameter, ...given }) =>
      client.getServiceOrder({ ...identityIn(given), out_order_no: parameter }),
  },
  {
    call: 'query',
    into: 'query',
    run: (client, { parameter, ...given }) =>
      client.getServiceOrderByQueryId({ ...identityIn(given), query_id: parameter }),
  },
  onOrder('cancel', 'cancelServiceOrder'),
  onOrder('modify', 'modifyServiceOrder'),
  onOrder('complete', 'completeServiceOrder'),
  onOrder('sync', 'syncServiceOrder'),
  onOrder('pay', 'payServiceOrder'),
  {
    call: 'permission',
    into: 'path',
    run: (client, { parameter, ...given }) =>
      client.getPermissionByOpenid({ ...identityIn(given), openid: parameter }),
  },
  {
    call: 'permission-by-code',
    into: 'path',
    run: (client, { parameter, service_id }) =>
      client.getPermissionByAuthorizationCode({ authorization_code: parameter, service_id }),
  },
  {
    call: 'prepare',
    into: 'none',
    run: (client, { body }) => client.preparePermission(body as JsonObject),
  },
  {
    call: 'terminate',
    into: 'path',
    run: (client, { parameter, body }) =>
      client.terminatePermissionByOpenid(parameter, body as JsonObject),
  },
  {
    call: 'terminate',
    into: 'path',
    run: (client, { parameter, body }) =>
      client.terminatePermissionByAuthorizationCode(parameter, body as JsonObject),
  },
  {
    call: 'bill',
    into: 'query',
    run: async (client, { parameter }) => ({
      json: { ...(await client.applyForTradeBill({ bill_date: parameter })) },
      requestId: '',
    }),
  },
  {
    call: 'fund-flow-bill',
    into: 'query',
    run: async (client, { parameter }) => ({
      json: { ...(await client.applyForFundFlowBill({ bill_date: parameter })) },
      requestId: '',
    }),
  },
];

function identityIn({ appid, service_id }: Pick<Given, 'appid' | 'service_id'>) {
  return { appid, service_id };
}
