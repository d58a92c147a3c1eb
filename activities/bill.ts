/** A day's bills, fetched into files and proven by their hash; a day on which nothing happened has none. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bill } from '../reconciliation/bill/day-bill.ts';
import type { FlowBill, WhyMissing } from '../reconciliation/fund-flow/fund-flow.ts';
import type { BillLink } from '../wechatpay/bills.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import {
  BillLinkExpiredError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from '../wechatpay/errors.ts';

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

export function flowPathIn(folder: string, bill_date: string): string {
  return join(folder, `${bill_date}-fund-flow.csv`);
}

/** @throws what the calls throw: among it, that the bill is not there yet */
export async function fetchBill(
  wechatpay: WechatpayClient,
  { mchid, bill_date, folder }: BillWanted,
  signal?: AbortSignal,
): Promise<Bill> {
  const path = billPathIn(folder, bill_date);
  const apply = () => wechatpay.applyForTradeBill({ bill_date });
  return { bill_date, mchid, file: await fetchInto(path, wechatpay, apply, signal) };
}

/** The day's trade bill stands without it: whatever keeps it from us is told. */
export async function fetchFlow(
  wechatpay: WechatpayClient,
  { bill_date, folder }: Omit<BillWanted, 'mchid'>,
  signal?: AbortSignal,
): Promise<FlowBill> {
  const path = flowPathIn(folder, bill_date);
  const apply = () => wechatpay.applyForFundFlowBill({ bill_date });
  try {
    return { file: await fetchInto(path, wechatpay, apply, signal) };
  } catch (error) {
    signal?.throwIfAborted();
    const missing = whyMissing(error);
    if (!missing) throw error;
    return { missing, message: (error as Error).message };
  }
}

function whyMissing(error: unknown): WhyMissing | undefined {
  if (error instanceof WechatpayRefusal && error.proven) {
    return error.errorCode === 'STATEMENT_CREATING' ? 'not_ready' : 'refused';
  }
  const isOfWay = [WechatpayRefusal, VerificationError, TransportError, BillLinkExpiredError];
  return isOfWay.some((kind) => error instanceof kind) ? 'not_arrived' : undefined;
}

async function fetchInto(
  path: string,
  wechatpay: WechatpayClient,
  apply: () => Promise<BillLink>,
  signal: AbortSignal | undefined,
): Promise<Bill['file']> {
  for (let links = 1; ; links++) {
    try {
      const link = await apply();
      await downloadTo(path, (file) => wechatpay.downloadBill(link, file), signal);
      return { path, hash_value: link.hash_value };
    } catch (error) {
      if (isEmptyDay(error)) return undefined;
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
