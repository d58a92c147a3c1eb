/** What business code sends to cancel an order (取消支付分订单, guide 3.2.8). */
import { z } from 'zod';
import { Reason } from './text.ts';

export const CancelServiceOrder = z.strictObject({ reason: Reason });
export type CancelServiceOrder = z.infer<typeof CancelServiceOrder>;
