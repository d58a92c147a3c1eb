/** What problem documents say to people: a title for each kind, and what it is about this time. */
import type { Words } from '../en.ts';
import { door } from './problems/door.ts';
import { orders } from './problems/orders.ts';
import { reconciliations } from './problems/reconciliations.ts';
import { refunds } from './problems/refunds.ts';
import { request } from './problems/request.ts';
import { resending } from './problems/resending.ts';
import { service } from './problems/service.ts';
import { titles } from './problems/titles.ts';

export const problems: Words['problems'] = {
  door,
  orders,
  reconciliations,
  refunds,
  request,
  resending,
  service,
  titles,
};
