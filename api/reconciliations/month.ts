/** A month of reconciliations, with what WeChat is still charging. */
import type { Request } from 'express';
import type { PayingByAge } from '../../answers/month.ts';
import { deadlines } from '../http/deadline.ts';
import { reading } from '../http/temporal-problems.ts';
import { Problem } from '../http/problems.ts';
import type { Reconciliations } from './read.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';
import { monthOf } from '../../reconciliation/report/month.ts';
import { payingSince } from '../../temporal/payments.ts';

const DAY_MS = 24 * 3_600_000;

/** In days: from, and up to. */
const AGES: readonly (readonly [
  age: PayingByAge['age'],
  from: number | undefined,
  to: number | undefined,
])[] = [
  ['under_1_day', undefined, 1],
  ['1_to_7_days', 1, 7],
  ['7_to_30_days', 7, 30],
  ['over_30_days', 30, undefined],
];

export function monthIn(request: Request): string | undefined {
  const { month } = request.query;
  if (month === undefined) return undefined;
  if (typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month;
  throw new Problem('invalid-request', {
    detail: ({ problems: { request: words } }) => words.inQuery('month', words.mustBeMonth),
  });
}

/** @throws {Problem} `unavailable` */
export async function readMonth({ temporal, reports }: Reconciliations, month: string) {
  const now = new Date();
  const [told, paying] = await Promise.all([
    monthOf(reports, month, billDateOf(now)),
    reading(temporal, deadlines(temporal).all, async () => await payingByAge()),
  ]);
  return { told, paying };

  async function payingByAge(): Promise<PayingByAge[]> {
    const before = (days: number | undefined) =>
      days === undefined ? undefined : new Date(now.getTime() - days * DAY_MS);
    const counted = AGES.map(async ([age, from, to]) => {
      const span = { ...pick('to', before(from)), ...pick('from', before(to)) };
      return { age, count: await payingSince(temporal, span) };
    });
    // Of orders that were completed before this was noted, or in the merchant console.
    const unknown: PayingByAge = { age: 'unknown', count: await payingSince(temporal, {}) };
    return [...(await Promise.all(counted)), unknown];
  }
}

function pick<Name extends string>(name: Name, date: Date | undefined) {
  return (date && { [name]: date }) as Partial<Record<Name, Date>>;
}
