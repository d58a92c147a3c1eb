/** What a chaos run has come to, for people. */
import { wordsOf, type Circumstances } from './circumstances.ts';
import { grouped } from './grouped.ts';
import type { Disagreement } from './judge.ts';
import type { Kill } from './kills.ts';

type Counts = Readonly<Record<string, number | undefined>>;

export interface Result {
  readonly seed: number;
  readonly circumstances: Circumstances;
  readonly orders: number;
  readonly seconds: number;
  readonly phases: Counts;
  readonly injected: { readonly calls: Counts; readonly notifications: Counts };
  /** Events that were sent to business code, by what it did. */
  readonly reactions: Counts;
  readonly kills: Readonly<Record<Kill, number>>;
  /** How often a program ended without being killed, and was started again. */
  readonly endings: number;
  readonly statuses: Counts;
  /** What others than business code did. */
  readonly deeds: Counts;
  readonly disagreements: readonly Disagreement[];
}

const SHOWN = 40;

export function tableOf(result: Result): string {
  const { seed, orders, seconds, phases, injected, kills, endings } = result;
  const { statuses, deeds, reactions, disagreements, circumstances } = result;
  return [
    `seed ${seed}, ${orders} rentals, ${seconds} s`,
    `WeChat Pay: ${wordsOf(circumstances)}`,
    ...section('orders by phase', phases),
    ...section('faults of answers', injected.calls),
    ...section('faults of notifications', injected.notifications),
    ...section('events by what business code did', reactions),
    ...section('kills, each with its repair', { ...kills, 'ended by themselves': endings }),
    ...section('deeds of others', deeds),
    ...section('requests by answer', statuses),
    '',
    `disagreements: ${disagreements.length}`,
    ...[...grouped(disagreements, ({ rule }) => rule)].map(
      ([rule, found]) => `  ${String(found.length).padStart(6)}  ${rule}`,
    ),
    ...disagreements
      .slice(0, SHOWN)
      .map(
        ({ out_order_no, story, rule, reason }) =>
          `  ${out_order_no} (${story}): ${rule}: ${reason}`,
      ),
    ...(disagreements.length > SHOWN ? [`  … and ${disagreements.length - SHOWN} more`] : []),
  ].join('\n');
}

function section(title: string, counts: Counts): string[] {
  const rows = Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b));
  const total = rows.reduce((sum, [, count = 0]) => sum + count, 0);
  return [
    '',
    `${title}: ${total}`,
    ...rows.map(([name, count = 0]) => `  ${String(count).padStart(6)}  ${name}`),
  ];
}
