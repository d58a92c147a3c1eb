/** GET /v3/bill/tradebill: where a day's bill can be fetched, and the hash it must have. */
import * as z from 'zod';
import { beijing8, readBeijing } from '../beijing-time.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { BillType } from './bill-layout.ts';
import type { BillCallParts, Bills } from './bills.ts';
import type { FileFault } from './bill-settings.ts';
import { sha1, type Downloads, type Offer } from './downloads.ts';

const DAY_MS = 86_400_000;

const Query = z.object({
  bill_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((date) => readBeijing(digitsOf(date)) !== undefined, 'no such day'),
  bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL'),
  tar_type: z.literal('GZIP').optional(),
  sub_mchid: z.string().optional(),
});

export interface ApplyBillParts extends BillCallParts {
  readonly downloads: Downloads;
  /** Where the simulator is reached. */
  readonly base_url: string;
}

export function applyBillHandler({ bills, downloads, clock, base_url }: ApplyBillParts): Handler {
  return ({ target }) => {
    const query = readFields(Query, readQuery(target), 'query');
    if (query.sub_mchid !== undefined) throw new RefusalError('billSubMerchant');
    const { ready_at, token_seconds, file_fault } = bills.settings();
    const day = digitsOf(query.bill_date);
    checkDay(day, ready_at, clock.now());

    const file = fileWith(file_fault, bills, day, query.bill_type);
    const gzip = query.tar_type === 'GZIP';
    const fault = DOWNLOAD_FAULTS[file_fault];
    const token = downloads.offer({ file, gzip, fault }, token_seconds * 1000);
    return {
      hash_type: 'SHA1',
      hash_value: sha1(file_fault === 'wrong-hash' ? Buffer.concat([file, Buffer.of(0)]) : file),
      download_url: `${base_url}/v3/billdownload/file?token=${token}`,
    };
  };
}

/** Bills exist of the last three months, up to yesterday, and of yesterday once they are ready. */
function checkDay(day: string, readyAt: string, nowMs: number): void {
  const today = beijing8(nowMs);
  if (day >= today || day < threeMonthsBefore(today)) throw new RefusalError('billDate');
  const readyMs = msOf(`${day}${readyAt.replace(':', '')}00`) + DAY_MS;
  if (nowMs < readyMs) throw new RefusalError('billCreating');
}

/** The same day of the month, or the last one where that month is shorter. */
function threeMonthsBefore(today: string): string {
  const [year, month, date] = [today.slice(0, 4), today.slice(4, 6), today.slice(6)].map(Number);
  const first = new Date(Date.UTC(year ?? 0, (month ?? 0) - 4, 1));
  const last = new Date(Date.UTC(year ?? 0, (month ?? 0) - 3, 0)).getUTCDate();
  first.setUTCDate(Math.min(date ?? 0, last));
  return digitsOf(first.toISOString().slice(0, 10));
}

function fileWith(fault: FileFault, bills: Bills, day: string, type: BillType): Buffer {
  const file = bills.file(day, type, fault === 'unknown-column' ? '数字人民币金额' : undefined);
  if (file === undefined) throw new RefusalError('billEmpty');
  if (fault !== 'another-day') return file;
  return bills.file(beijing8(msOf(day) - DAY_MS), type) ?? bills.emptyFile(type);
}

/** The faults that show only when the file is fetched. */
const DOWNLOAD_FAULTS: Record<FileFault, Offer['fault']> = {
  none: 'none',
  'wrong-hash': 'none',
  'another-day': 'none',
  'unknown-column': 'none',
  cut: 'cut',
  'not-gzip': 'not-gzip',
  'gzip-bomb': 'gzip-bomb',
  'foreign-token': 'foreign-token',
};

function msOf(beijing: string): number {
  return readBeijing(beijing)?.ms ?? Number.NaN;
}

function digitsOf(date: string): string {
  return date.replaceAll('-', '');
}
