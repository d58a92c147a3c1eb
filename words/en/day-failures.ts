/** Why a day could not be reconciled, for operators. */
import { billFault } from './bill-faults.ts';
import type { DayFailure, DayFailureOf } from '../../payscore/days/failure.ts';
import { dayFailureIn } from '../day-failure-in.ts';

const WORDS: { readonly [Type in DayFailure['type']]: (it: DayFailureOf<Type>) => string } = {
  BillNotReady: ({ request_id, again }) =>
    `WeChat Pay is still making the bill (Request-ID ${request_id}); asked again in ${again}`,
  BillUnproven: () => 'the bill’s SHA-1 is not the one announced',
  BillFault: ({ fault }) => `the bill cannot be believed: ${billFault(fault)}`,
  NotCovered: ({ days }) =>
    `finished orders are kept for ${days} days (TEMPORAL_RETENTION_DAYS), so those of this day are gone`,
  DiskFull: ({ error }) =>
    `the disk of the reports is full (${error}): make room, then it goes on by itself`,
  DiskFailed: ({ error }) => `the folder of the reports (REPORT_FOLDER) cannot be used: ${error}`,
  OrderSilent: ({ out_order_no, because }) =>
    `the order ${out_order_no} cannot be asked about (${because}): look at its run; after three attempts the day is told without it`,
  OrdersUnavailable: ({ because }) => `Temporal did not answer for the orders: ${because}`,
  Cancelled: () => 'it was called off',
};

export const failure = dayFailureIn(WORDS);
