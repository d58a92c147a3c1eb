/** A simulator on which the guide's messages are tried: orders that stand as each call needs them, a day with a bill. */
import { newNumber } from '../support/orders.ts';
import { openStory } from '../interop/story.ts';
import { merchantOf } from '../simulator/merchant.ts';
import type { Given, Sample, Standing } from './sample.ts';

/** The user of the guide's creation. */
const GUIDE_OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

export async function openStage() {
  // As the guide has it.
  const policies = { parameter_error: 'detail', never_authorised: 'UNAVAILABLE' } as const;
  const story = await openStory({ policies });
  const { control, plugin, simulator, pass } = story;
  const { send } = merchantOf(simulator);
  await control.authorise(GUIDE_OPENID);

  let billed: Promise<Pick<Given, 'bill_date'>> | undefined;
  /** The day of a payment, when its bill is ready; the clock goes there only once. */
  async function billedDay() {
    await control.pay(await story.bill());
    const today = dayOf(simulator.clock.now());
    await control.setClock({ now: `${dayOf(simulator.clock.now() + 86_400_000)}T10:00:00+08:00` });
    return { bill_date: today };
  }

  const stands: Record<Standing, () => Promise<Partial<Given>>> = {
    none: () => Promise.resolve({}),
    'in service': async () => ({ out_order_no: await story.serve() }),
    'being charged': async () => ({ out_order_no: await story.bill(4000) }),
    async 'completed an hour ago'() {
      const out_order_no = await story.bill(4000);
      pass(3600);
      return { out_order_no };
    },
    async billed() {
      billed ??= billedDay();
      const { bill_date } = await billed;
      const { data } = await plugin.get('v3/bill/tradebill', { bill_date });
      return { bill_date, token: new URL(data.download_url).searchParams.get('token') ?? '' };
    },
  };

  /** What the corrections of a sample put in place, with an order of its own. */
  async function givenFor({ standing }: Sample): Promise<Given> {
    const { appid, service_id } = simulator.merchant;
    const { openid, beijing } = story;
    const nothing = { out_order_no: newNumber(), bill_date: '', token: '' };
    return { ...nothing, appid, service_id, openid, beijing, ...(await stands[standing]()) };
  }

  return { ...story, send, givenFor };
}

function dayOf(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}
