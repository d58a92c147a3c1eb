/** The daily look at orders that have been in service for long. */
import { setCurrentDetails } from '@temporalio/workflow';
import { sweepOrders } from '../activities.ts';
import type { SweepWorkflow } from '../contract.ts';

export const sweep: SweepWorkflow = async (service) => {
  const result = await sweepOrders(service);
  setCurrentDetails(
    `${result.asked} orders have been in service for more than a day, and were told to ask WeChat Pay how they stand. ` +
      'Those beyond their expected end have the trouble overdue.',
  );
  return result;
};
