/** A day's bill, fetched into a file and proven by its hash; a day without payments has none. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bill } from '../reconciliation/bill/day-bill.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { BillLinkExpiredError, WechatpayRefusal } from '../wechatpay/errors.ts';

/** A link that expired on the way is worth another one at once, and no more than that. */
const LINKS = 3;
const AGAIN_MS = 1_000;

export interface BillWanted {
  readonly mchid: string;
  /** `yyyy-MM-dd`, the day in Beijing. */
  readonly bill_date: string;
  readonly folder: string;
}

export function billPathIn(folder: string, bill_date: string): string {
  return join(folder, `${bill_date}.csv`);
}

/** @throws what the calls throw: among it, that the bill is not there yet */
export async function fetchBill(
  wechatpay: WechatpayClient,
  { mchid, bill_date, folder }: BillWanted,
  signal?: AbortSignal,
): Promise<Bill> {
  const path = billPathIn(folder, bill_date);
  for (let links = 1; ; links++) {
    try {
      const link = await wechatpay.applyForTradeBill({ bill_date });
      await downloadTo(path, (file) => wechatpay.downloadTradeBill(link, file), signal);
      return { bill_date, mchid, file: { path, hash_value: link.hash_value } };
    } catch (error) {
      if (isEmptyDay(error)) return { bill_date, mchid, file: undefined };
      if (!(error instanceof BillLinkExpiredError) || links === LINKS) throw error;
    }
    await delay(AGAIN_MS);
  }
}

/** What went wrong with the disk says nothing about the download. */
async function downloadTo(
  path: string,
  download: (file: Writable) => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600, ...(signal && { signal }) });
  const failures: NodeJS.ErrnoException[] = [];
  file.once('error', (error: NodeJS.ErrnoException) => failures.push(error));
  try {
    await download(file);
  } catch (error) {
    throw failures.find(({ code = '' }) => DISK.includes(code)) ?? error;
  }
}

/** Of file systems alone: a connection that breaks has other codes. */
const DISK: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'ENOENT'];

/** WeChat Pay makes no file of a day without payments and refunds. */
function isEmptyDay(error: unknown): boolean {
  return (
    error instanceof WechatpayRefusal && error.proven && error.errorCode === 'NO_STATEMENT_EXIST'
  );
}
