/** Another system of the merchant, which creates and completes orders at WeChat Pay by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import { clientOf } from '../support/merchant.ts';
import { feesOf } from './bodies.ts';
import type { Difference, Step } from './step.ts';
import { unlessRefused } from './user.ts';
import type { World } from './world.ts';

const AGAIN_MS = 500;

export interface Elsewhere {
  readonly out_order_no: string;
  readonly openid: string;
  readonly difference: Difference | undefined;
}

export async function createElsewhere(
  world: World,
  { out_order_no, openid, difference }: Elsewhere,
): Promise<void> {
  if (difference === 'service') return await createInAnotherService(world, out_order_no);
  const { appid, service_id } = world.merchant;
  const body = {
    out_order_no,
    appid,
    service_id,
    openid,
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: `${world.fromWechat.url}/wechatpay/notifications`,
    need_user_confirm: false,
    ...(difference !== undefined && DIFFERENCES[difference](world)),
  };
  await untilAnswered(world, (client) => client.createServiceOrder(body));
}

/** @returns whether it was done; WeChat Pay may refuse it for how the order stands */
export async function completeElsewhere(
  world: World,
  out_order_no: string,
  { by, amount }: Pick<Extract<Step, { do: 'complete elsewhere' }>, 'by' | 'amount'>,
): Promise<boolean> {
  if (by === 'console') {
    const bill = { total_amount: amount };
    return (await unlessRefused(world.wechat.consoleComplete(out_order_no, bill))) !== undefined;
  }
  const { appid, service_id } = world.merchant;
  const end_time = beijingTimeOf(new Date(Date.now() - 1_000), 14);
  const body = { ...feesOf(amount), appid, service_id, time_range: { end_time } };
  return await untilAnswered(world, (client) => client.completeServiceOrder(out_order_no, body));
}

const OTHER_SERVICE = '2002000000000000000000000000002';

async function createInAnotherService({ wechat }: World, out_order_no: string): Promise<void> {
  await wechat.openService(OTHER_SERVICE);
  await wechat.placeElsewhere(out_order_no, { service_id: OTHER_SERVICE });
}

/** WeChat Pay compares all of them; its account of an order does not tell each. */
const DIFFERENCES: Readonly<Record<Exclude<Difference, 'service'>, (world: World) => object>> = {
  fees: () => ({ post_payments: [{ name: '押金', amount: 100 }] }),
  device: () => ({ device: { start_device_id: 'elsewhere' } }),
  attach: () => ({ attach: 'elsewhere' }),
  // The same place by another name, where callbacks are taken too.
  notify_url: ({ apiUrl }) => ({ notify_url: `${apiUrl}/wechatpay/notifications` }),
};

type Client = ReturnType<typeof clientOf>;

/** It meets faults as well; the same body does no more than once. */
async function untilAnswered(
  { merchant }: World,
  call: (client: Client) => Promise<unknown>,
): Promise<boolean> {
  const client = clientOf(merchant);
  try {
    for (;;) {
      try {
        await call(client);
        return true;
      } catch (error) {
        if (error instanceof WechatpayRefusal && isLastWord(error)) return false;
      }
      await delay(AGAIN_MS);
    }
  } finally {
    await client.close();
  }
}

/** 404 of an order that was never created, too. */
function isLastWord({ proven, status }: WechatpayRefusal): boolean {
  return proven && (status === 400 || status === 404);
}
