/** The floor: the messages and the calls of a plain order, and nothing of its logic. Three empty activities, one update, two signals. */
import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type * as activities from './activities.ts';

export const opened = defineUpdate<string>('opened');
export const completed = defineSignal('completed');
export const paid = defineSignal('paid');

const { first, second, third } = proxyActivities<typeof activities>({ startToCloseTimeout: '15s' });

export async function bareOrder(): Promise<string> {
  let isOpen = false;
  let isCompleted = false;
  let isPaid = false;
  setHandler(opened, async () => {
    await condition(() => isOpen);
    return 'opened';
  });
  setHandler(completed, () => {
    isCompleted = true;
  });
  setHandler(paid, () => {
    isPaid = true;
  });

  await first();
  await second();
  isOpen = true;
  await condition(() => isCompleted);
  await third();
  await condition(() => isPaid);
  await condition(allHandlersFinished);
  return 'paid';
}
