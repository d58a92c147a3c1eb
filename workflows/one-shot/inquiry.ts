/** A short look at an order that has ended: a message of WeChat's says something else of it. */
import { inquire } from '../activities.ts';
import type { InquiryWorkflow } from '../contract.ts';

export const inquiry: InquiryWorkflow = async (service, out_order_no) => {
  await inquire(service, out_order_no);
};
