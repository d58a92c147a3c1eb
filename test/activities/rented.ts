/** A simulator with an authorised user, the activities of its merchant, and orders at every point. */
import { createServiceOrderActivities } from '../../activities/service-order.ts';
import { createControl } from '../../simulator/control.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber, newOpenid } from '../support/orders.ts';

export type Rented = Awaited<ReturnType<typeof openRental>>;

export async function openRental() {
  const simulator = await startTestSimulator();
  const { merchant, clock } = simulator;
  const wechatpay = clientOf(merchant);
  const control = createControl(simulator.url);
  const activities = createServiceOrderActivities(wechatpay);
  const openid = newOpenid();
  await control.authorise(openid);
  const { appid, service_id } = merchant;

  const beijingNow = () =>
    new Date(clock.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const createBody = (out_order_no: string) => ({
    ...{ out_order_no, appid, service_id, openid },
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: 'http://127.0.0.1:9/notify',
    need_user_confirm: false,
  });

  /** An order in service, for an hour already. */
  async function serve() {
    const out_order_no = newNumber();
    await activities.createServiceOrder(createBody(out_order_no));
    clock.set({ now: new Date(clock.now() + 3_600_000) });
    return { out_order_no, appid, service_id };
  }

  /** An order that WeChat is charging. */
  async function bill() {
    const key = await serve();
    const end_time = beijingNow();
    clock.set({ now: new Date(clock.now() + 2_000) });
    await activities.completeServiceOrder(key.out_order_no, {
      ...{ appid, service_id },
      post_payments: [{ name: '租金', amount: 800 }],
      total_amount: 800,
      time_range: { end_time },
    });
    return key;
  }

  return {
    control,
    wechatpay,
    activities,
    user: { openid, appid, service_id },
    createBody,
    serve,
    bill,
    async stop() {
      await wechatpay.close();
      await simulator.stop();
    },
  };
}
