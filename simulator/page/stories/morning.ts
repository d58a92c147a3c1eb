/**
 * The morning's reconciliation. Our API goes by real time, and reconciles days that are over: so the order is played on such a day
 * by WeChat Pay's clock, which then goes forward to today.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { rfc3339 } from '../../beijing-time.ts';
import type { ApiAnswer } from '../../merchant/api.ts';
import { yuan } from '../figures.ts';
import { StoryError } from './book.ts';
import type { Stage } from './stage.ts';
import { giveBack, newPart, openAuthorised, payByItself } from './steps.ts';

const DAY_MS = 86_400_000;
/** Longer than it takes: it ends on the day on which it began. */
const STORY_MS = 10 * 60_000;
/** Bills reach back three months. */
const DAYS = 80;
const AGAIN_MS = 500;
const REPORTED_WITHIN_MS = 60_000;

export async function morning(stage: Stage): Promise<void> {
  const { shop, changes, say } = stage;
  const listed = await shop.reconciliations();
  const { body } = stage.allowed('GET /v1/reconciliations', listed);
  const beginMs = beginOn(daysIn(body), Date.now());
  const day = dayOf(beginMs);
  changes.setClock(beginMs);
  changes.setReadyAt('00:00');
  say(({ steps }) => steps.yesterday(day));
  const part = newPart(stage);
  await openAuthorised(stage, part);
  await payByItself(stage, part, await giveBack(stage, part));
  changes.setClock(Date.now());
  say(({ steps }) => steps.today);
  const answer = await shop.reconcile(day);
  stage.taken(part, 'POST /v1/reconciliations', answer);
  say(({ steps }) => steps.reconciling(day));
  const { bill, result } = await reportOf(stage, day);
  const { count, amount } = bill.payments;
  say(({ steps }) => steps.report(count, yuan(amount), result));
  if (result !== 'balanced') throw new StoryError(({ unbalanced }) => unbalanced(day));
}

/** The days of which there is a report, or will be. */
function daysIn(body: ApiAnswer['body']): ReadonlySet<string> {
  const days = (body['reconciliations'] ?? []) as readonly { bill_date: string }[];
  return new Set(days.map(({ bill_date }) => bill_date));
}

/** The latest day of which there is no report, at this time of the day, or a little earlier shortly before midnight. */
export function beginOn(reported: ReadonlySet<string>, nowMs: number): number {
  const isEarlyEnough = dayOf(nowMs) === dayOf(nowMs + STORY_MS);
  const timeOfDayMs = isEarlyEnough ? nowMs : nowMs - STORY_MS;
  const days = Array.from({ length: DAYS }, (_, i) => timeOfDayMs - (i + 1) * DAY_MS);
  const free = days.find((ms) => !reported.has(dayOf(ms)));
  if (free === undefined) throw new StoryError(({ allReported }) => allReported(DAYS));
  return free;
}

function dayOf(ms: number): string {
  return rfc3339(ms).slice(0, 10);
}

interface Report {
  readonly result: string;
  readonly bill: { readonly payments: { readonly count: number; readonly amount: number } };
}

/** Nothing here tells when it is made: it is asked for while the story waits. */
async function reportOf({ shop, ended }: Stage, day: string): Promise<Report> {
  const end = Date.now() + REPORTED_WITHIN_MS;
  for (;;) {
    const { body } = await shop.report(day);
    ended.throwIfAborted();
    const { state, report } = body as { state?: string; report?: Report };
    if (report !== undefined && state !== 'running') return report;
    if (state === 'failed') throw new StoryError(({ noReport }) => noReport(day));
    if (Date.now() > end) {
      const seconds = REPORTED_WITHIN_MS / 1000;
      throw new StoryError(({ notWithin, waits }) => notWithin(waits.report, seconds));
    }
    await delay(AGAIN_MS);
  }
}
