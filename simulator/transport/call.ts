/** The calls of APIv3 that the simulator answers, by the names that faults and logs use. */
import * as z from 'zod';

export const Call = z.enum([
  'permission',
  'permission-by-code',
  'prepare',
  'terminate',
  'create',
  'query',
  'cancel',
  'modify',
  'complete',
  'sync',
  'pay',
  'refund',
  'query-refund',
  'bill',
  'fund-flow-bill',
  'bill-file',
  'certificates',
  'echo',
]);
export type Call = z.infer<typeof Call>;
