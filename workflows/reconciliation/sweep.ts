/** The daily look at orders that have been in service for long. */
import { setCurrentDetails } from '@temporalio/workflow';
import { sweepOrders } from '../activities.ts';
import type { SweepWorkflow } from '../contract.ts';
import { words } from '../words.ts';

export const sweep: SweepWorkflow = async (service) => {
  const result = await sweepOrders(service);
  setCurrentDetails(words.reconciliation.swept(result.asked));
  return result;
};
