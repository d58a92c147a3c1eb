/** One simulator for a file of tests, with the plugin beside it, and what orders of tests look like. */
import { after } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import { startSimulator, type SimulatorOptions } from '../../simulator/create.ts';
import { openReceiver } from '../simulator/receiver.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { pluginOf } from './plugin.ts';

/** Awaited by the file itself, not by a hook of it: everything ends with the file. */
export async function openStory(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  after(() => simulator.stop());
  const control = createControl(simulator.url);
  const receiver = await openReceiver({ after });
  const plugin = pluginOf(simulator.merchant);
  const openid = newOpenid();
  await control.authorise(openid);

  /** `yyyyMMddHHmmss` in Beijing, so many seconds from now. */
  function beijing(seconds: number): string {
    const local = new Date(simulator.clock.now() + (8 * 3600 + seconds) * 1000);
    return local.toISOString().replace(/\D/g, '').slice(0, 14);
  }
  const pass = (seconds: number) =>
    simulator.clock.set({ now: new Date(simulator.clock.now() + seconds * 1000) });

  const createBody = (out_order_no: string, change: object = {}) => ({
    out_order_no,
    openid,
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: receiver.notify_url,
    need_user_confirm: false,
    ...change,
  });
  const completeBody = (total_amount: number) => ({
    post_payments: [{ name: '租金', amount: total_amount }],
    total_amount,
    time_range: { end_time: beijing(-1) },
  });

  /** An order in service for an hour, made through the plugin. */
  async function serve(out_order_no = newNumber()): Promise<string> {
    await plugin.create(createBody(out_order_no));
    pass(3600);
    return out_order_no;
  }

  /** An order that waits for its payment. */
  async function bill(total_amount = 800): Promise<string> {
    const out_order_no = await serve();
    await plugin.change('complete', out_order_no, completeBody(total_amount));
    return out_order_no;
  }

  async function eventsOf(out_order_no: string): Promise<string[]> {
    const { ledger } = await control.order(out_order_no);
    return ledger.map(({ event, channel }) => (channel ? `${event} ${channel}` : event));
  }

  return {
    simulator,
    control,
    plugin,
    openid,
    receiver,
    beijing,
    pass,
    createBody,
    completeBody,
    serve,
    bill,
    eventsOf,
  };
}
