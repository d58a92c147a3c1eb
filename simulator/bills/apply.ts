/** GET /v3/bill/tradebill: where a day's bill can be fetched, and the hash it must have. */
import * as z from 'zod';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { checkDay, digitsOfDay } from './bill-day.ts';
import type { BillCallParts } from './bills.ts';
import { BillQuery, offerFile, type OfferParts } from './offer-file.ts';

const Query = BillQuery.extend({
  bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL'),
  sub_mchid: z.string().optional(),
});

export interface ApplyBillParts extends BillCallParts, OfferParts {}

export function applyBillHandler(parts: ApplyBillParts): Handler {
  const { bills, clock } = parts;

  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    if (query.sub_mchid !== undefined) throw new RefusalError('billSubMerchant');
    const settings = bills.settings();
    checkDay(digitsOfDay(query.bill_date), settings.ready_at, clock.now());
    const files = {
      file: (day: string, column?: string) => bills.file(day, query.bill_type, column),
      emptyFile: () => bills.emptyFile(query.bill_type),
    };
    return offerFile(query, files, settings, parts);
  };
}
