/** GET /v3/bill/fundflowbill: where a day's fund flow can be fetched (docs/wechatpay-facts.md#fund-flow-bill). */
import * as z from 'zod';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { ApplyBillParts } from './apply.ts';
import { checkDay, digitsOfDay } from './bill-day.ts';
import { BillQuery, offerFile, type DayFiles } from './offer-file.ts';

/** Trades move nothing but the basic account. */
const Query = BillQuery.extend({
  account_type: z.enum(['BASIC', 'OPERATION', 'FEES']).default('BASIC'),
});

export interface ApplyFundFlowParts extends ApplyBillParts {
  readonly fundFlow: DayFiles;
}

export function applyFundFlowHandler(parts: ApplyFundFlowParts): Handler {
  const { bills, fundFlow, clock } = parts;

  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    const settings = bills.settings();
    const readyAt = settings.fund_flow_ready_at ?? settings.ready_at;
    checkDay(digitsOfDay(query.bill_date), readyAt, clock.now());
    if (query.account_type !== 'BASIC') throw new RefusalError('billEmpty');
    return offerFile(query, fundFlow, settings, parts);
  };
}
