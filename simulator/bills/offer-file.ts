/** A bill's file offered for download: what applying for any bill answers, and what goes wrong with the file. */
import * as z from 'zod';
import { readBeijing } from '../beijing-time.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { dayBefore, digitsOfDay } from './bill-day.ts';
import type { BillSettings, FileFault } from './bill-settings.ts';
import { sha1, type Downloads, type Offer } from './downloads.ts';

/** What the queries of all bills have in common. */
export const BillQuery = z.object({
  bill_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((date) => readBeijing(digitsOfDay(date)) !== undefined, 'no such day'),
  tar_type: z.literal('GZIP').optional(),
});
export type BillQuery = z.infer<typeof BillQuery>;

/** How one bill is made. */
export interface DayFiles {
  /** Undefined if there is nothing to put in it. */
  file(day: string, unknownColumn?: string): Buffer | undefined;
  emptyFile(): Buffer;
}

export interface OfferParts {
  readonly downloads: Downloads;
  /** Where the simulator is reached. */
  readonly base_url: string;
}

export function offerFile(
  { bill_date, tar_type }: BillQuery,
  files: DayFiles,
  { token_seconds, file_fault }: Pick<BillSettings, 'token_seconds' | 'file_fault'>,
  { downloads, base_url }: OfferParts,
) {
  const file = fileWith(file_fault, files, digitsOfDay(bill_date));
  const gzip = tar_type === 'GZIP';
  const fault = DOWNLOAD_FAULTS[file_fault];
  const token = downloads.offer({ file, gzip, fault }, token_seconds * 1000);
  return {
    hash_type: 'SHA1',
    hash_value: sha1(file_fault === 'wrong-hash' ? Buffer.concat([file, Buffer.of(0)]) : file),
    download_url: `${base_url}/v3/billdownload/file?token=${token}`,
  };
}

function fileWith(fault: FileFault, files: DayFiles, day: string): Buffer {
  const file = files.file(day, fault === 'unknown-column' ? '数字人民币金额' : undefined);
  if (file === undefined) throw new RefusalError('billEmpty');
  if (fault !== 'another-day') return file;
  return files.file(dayBefore(day)) ?? files.emptyFile();
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
