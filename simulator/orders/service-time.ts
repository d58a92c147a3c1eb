/** When a service may begin and end: the time rules of create and complete. */
import { beijing14, beijing8, readBeijing, type BeijingTime } from '../beijing-time.ts';
import type { Policies } from '../policies.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { CompleteFields } from './complete-fields.ts';
import type { CreateFields } from './create-fields.ts';
import type { Order } from './order.ts';

/** Planned times: not in the past, in order, both to the day or both to the second. */
export function checkPlannedTime(range: CreateFields['time_range'], nowMs: number): void {
  const start = startOf(range.start_time, beijing14(nowMs));
  if (range.start_time !== 'OnAccept' && isBefore(start, nowMs)) {
    throw new RefusalError('startTime');
  }
  if (range.end_time === undefined) return;
  const end = timeOf(range.end_time);
  if (end.precision !== start.precision) throw new RefusalError('precision');
  if (!isInOrder(start, end)) throw new RefusalError('endTime');
}

/** Real times: an end that has come, after the start that was served or planned. */
export function checkServedTime(
  range: CompleteFields['time_range'],
  order: Order,
  nowMs: number,
  { end_time_now }: Pick<Policies, 'end_time_now'>,
): void {
  const planned = order.time_range;
  const end_time = range.end_time ?? planned.end_time;
  if (end_time === undefined) throw new RefusalError('endTimeMissing');
  const start = startOf(range.start_time ?? planned.start_time, order.accepted_time);
  const end = timeOf(end_time);
  if (end.precision !== start.precision) throw new RefusalError('precision');
  const latestMs = end_time_now === 'allowed' ? nowMs : secondOf(nowMs);
  if (range.end_time !== undefined && !hasCome(end, latestMs)) {
    throw new RefusalError('endTimeInFuture');
  }
  if (!isInOrder(start, end)) throw new RefusalError('endTimeBeforeStart');
}

/** Without confirmation by the user, an order is accepted at the moment of its creation. */
function startOf(start_time: string, accepted_time: string): BeijingTime {
  return timeOf(start_time === 'OnAccept' ? accepted_time : start_time);
}

function isInOrder(start: BeijingTime, end: BeijingTime): boolean {
  return start.precision === 'day' ? start.ms <= end.ms : start.ms < end.ms;
}

/** Today is not past; the present second is. */
function isBefore(time: BeijingTime, nowMs: number): boolean {
  return time.precision === 'day' ? time.ms < todayMs(nowMs) : time.ms <= nowMs;
}

/** Today has come; the present moment has not. */
function hasCome(time: BeijingTime, nowMs: number): boolean {
  return time.precision === 'day' ? time.ms <= todayMs(nowMs) : time.ms < nowMs;
}

function secondOf(nowMs: number): number {
  return Math.floor(nowMs / 1000) * 1000;
}

function todayMs(nowMs: number): number {
  return timeOf(beijing8(nowMs)).ms;
}

function timeOf(text: string): BeijingTime {
  const time = readBeijing(text);
  if (time === undefined) throw new Error('the field rules let a time pass that does not exist');
  return time;
}
