/** The numbers that WeChat Pay gives to orders and payments. */
import { randomInt } from 'node:crypto';
import { beijing14, beijing8 } from '../beijing-time.ts';

/** 31 digits: 1000000000, the day, 13 more. */
export function newOrderId(nowMs: number): string {
  return `1000000000${beijing8(nowMs)}${digits(7)}${digits(6)}`;
}

/** 28 digits: 4200, 6 more, the day, 10 more. */
export function newTransactionId(nowMs: number): string {
  return `4200${digits(6)}${beijing8(nowMs)}${digits(10)}`;
}

/** 29 digits: 50, 8 more, the day, 11 more. */
export function newRefundId(nowMs: number): string {
  return `50${digits(8)}${beijing8(nowMs)}${digits(11)}`;
}

/** The console's own 商户退款单号, which nobody publishes: the second, and 14 digits more. */
export function newConsoleRefundNo(nowMs: number): string {
  return `${beijing14(nowMs)}${digits(7)}${digits(7)}`;
}

export function newCouponId(): string {
  return digits(10);
}

/** 20 digits, as in the documents' sample. */
export function newQueryId(): string {
  return `${digits(10)}${digits(10)}`;
}

function digits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, '0');
}
