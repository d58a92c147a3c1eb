/** An older system of the merchant, which creates orders at WeChat Pay by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { clientOf } from '../support/merchant.ts';
import type { World } from './world.ts';

const AGAIN_MS = 500;

export async function createElsewhere(
  { merchant, fromWechat }: World,
  out_order_no: string,
  openid: string,
): Promise<void> {
  const client = clientOf(merchant);
  const { appid, service_id } = merchant;
  const body = {
    out_order_no,
    appid,
    service_id,
    openid,
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: `${fromWechat.url}/wechatpay/notifications`,
    need_user_confirm: false,
  };
  try {
    // It meets faults as well; the same body creates no more than one.
    while (!(await client.createServiceOrder(body).catch(() => undefined))) await delay(AGAIN_MS);
  } finally {
    await client.close();
  }
}
