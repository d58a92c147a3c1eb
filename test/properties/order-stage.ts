/** A simulator of its own for the properties of orders, with both of a merchant's programs that call it. */
import { createControl } from '../../simulator/control.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { merchantOf } from '../simulator/merchant.ts';
import { clientOf } from '../support/merchant.ts';
import type { Stage } from './order-play.ts';

export async function openStage(): Promise<Stage> {
  // Syncs are told apart by a field of the test's own.
  const simulator = await startTestSimulator({ policies: { unknown_fields: 'ignored' } });
  const control = createControl(simulator.url);
  await control.holdNotifications();
  return {
    simulator,
    control,
    client: clientOf(simulator.merchant),
    merchant: merchantOf(simulator),
  };
}

export async function closeStage({ client, simulator }: Stage): Promise<void> {
  await client.close();
  await simulator.stop();
}
