/** What business code sends when the user has paid the merchant directly (同步服务订单信息, guide 3.2.9). */
import { z } from 'zod';

export const SyncServiceOrder = z.strictObject({
  paid_time: z.iso
    .datetime({
      offset: true,
      error: 'must be a time with its zone, such as 2026-10-01T12:00:00+08:00',
    })
    .describe('When the user paid, RFC 3339; WeChat takes only a time after the completion.'),
});
export type SyncServiceOrder = z.infer<typeof SyncServiceOrder>;
