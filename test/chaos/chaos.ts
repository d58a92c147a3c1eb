/** A chaos run from its first order to its verdict. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULTS_BY_DEFAULT } from '../../simulator/faults/answer-faults.ts';
import type { Book } from './book.ts';
import { createCaller, type Caller } from './caller.ts';
import { drive } from './driver.ts';
import { eventEvidenceOf, type EventEvidence } from './event-evidence.ts';
import { judgeEvents } from './event-judge.ts';
import { createWitness, type Evidence, type Witness } from './evidence.ts';
import { grouped } from './grouped.ts';
import { judge, type Disagreement } from './judge.ts';
import { createKiller } from './killer.ts';
import { watchLanes, type Lanes } from './lanes.ts';
import { untilServed } from './pace.ts';
import { pathOf } from './paths.ts';
import { payBack } from './paying-back.ts';
import { judgeRental } from './rental-rules.ts';
import { endFaults, settle } from './settling.ts';
import type { Settings } from './settings.ts';
import type { Result } from './table.ts';
import { isUntaken } from './waiting.ts';
import { judgeReceiver, judgeWorld } from './world-rules.ts';
import { startWorld, type World } from './world.ts';

const PROGRESS_MS = 15_000;
/** Longer than an attempt whose worker was killed. */
const EVENTS_WITHIN_MS = 60_000;
/** So many are named. */
const FEW = 12;

export async function runChaos(
  settings: Settings,
  tell: (line: string) => void,
): Promise<Result & { readonly world: Pick<World, 'folder' | 'forget'> }> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const world = await startWorld(settings, (stop) => stops.unshift(stop));
    tell(`the world is up; logs in ${world.folder}`);
    return { ...(await play(world, settings, tell)), world };
  } finally {
    for (const stop of stops) await stop();
  }
}

async function play(
  world: World,
  settings: Settings,
  tell: (line: string) => void,
): Promise<Result> {
  const { orders, seed, inFlight, rate, notificationRate, maxDelaySeconds, stories } = settings;
  const startedAt = Date.now();
  const caller = createCaller(world.apiUrl);
  await world.wechat.randomFaults({
    seed,
    rate,
    faults: [...FAULTS_BY_DEFAULT, 'sign-error', 'sign-error-unsigned', 'abnormal'],
    notification_rate: notificationRate,
    max_delay_seconds: maxDelaySeconds,
  });
  const killer = createKiller(world, settings, caller.taken, tell);

  const books: Book[] = [];
  const underWay = new Set<string>();
  let next = 0;
  const business = async () => {
    while (next < orders) {
      const index = next++;
      await untilServed(world.apiUrl);
      const path = pathOf(seed, index, stories);
      const name = `${index} (${path.story})`;
      underWay.add(name);
      books.push(await drive({ world, caller, seed, index, path }));
      underWay.delete(name);
    }
  };
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    tell(`${seconds} s: ${books.length} of ${orders} done, kills ${JSON.stringify(killer.kills)}`);
    if (underWay.size <= FEW) tell(`still under way: ${[...underWay].join(', ')}`);
  }, PROGRESS_MS);
  try {
    const all = Promise.all(Array.from({ length: Math.min(inFlight, orders) }, business));
    await Promise.race([all, killer.failed]);
    await killer.end();
  } finally {
    clearInterval(progress);
  }
  const { injected } = await world.wechat.faults();
  await endFaults(world, books);
  tell(`all paths are gone after ${Math.round((Date.now() - startedAt) / 1_000)} s; settling`);
  const lanes = await watchLanes(world);
  await settle({ world, caller, lanes, books, seconds: settings.settleSeconds, tell });

  const statuses = { ...caller.statuses };
  const witness = await createWitness(world, caller);
  try {
    const { disagreements, phases } = await judgeAll(world, witness, books, settings);
    disagreements.push(...(await judgeRefunds(world, caller, witness, books)));
    disagreements.push(...(await judgeAllEvents({ world, caller, lanes, witness, books })));
    return {
      seed,
      circumstances: settings.circumstances,
      orders: books.length,
      phases,
      injected,
      reactions: world.receiver.reactions,
      kills: killer.kills,
      endings: world.programs.reduce((sum, program) => sum + program.endings(), 0),
      statuses,
      deeds: countsOf(books.flatMap(({ deeds }) => deeds.map(({ kind }) => kind))),
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      disagreements,
    };
  } finally {
    await witness.end();
    await lanes.end();
  }
}

async function judgeAll(world: World, witness: Witness, books: Book[], settings: Settings) {
  const disagreements: Disagreement[] = [];
  const phases: Record<string, number> = {};
  const context = {
    objectionTo: world.record.objectionTo,
    wasUntaken: world.record.wasUntaken,
    unsettled: settings.unsettled,
  };
  for (const book of books.toSorted((a, b) => a.index - b.index)) {
    const orders: Evidence[] = [];
    for (const out_order_no of book.numbers) {
      const evidence = await witness.evidenceOf(book, out_order_no);
      orders.push(evidence);
      const phase = phaseTold(evidence);
      phases[phase] = (phases[phase] ?? 0) + 1;
      const found = judge(evidence, { ...context, now: Date.now() });
      if (found.length > 0) await keep(world, witness, 'order', evidence, found);
      disagreements.push(...found);
    }
    const found = judgeRental(book, orders);
    if (found.length > 0) {
      for (const evidence of orders) await keep(world, witness, 'rental', evidence, found);
    }
    disagreements.push(...found);
  }
  disagreements.push(...(await judgeWorld(world, witness)));
  return { disagreements, phases };
}

async function judgeRefunds(world: World, caller: Caller, witness: Witness, books: Book[]) {
  const disagreements = await payBack(world, caller, books);
  for (const found of disagreements) {
    const { out_order_no } = found;
    const book = books.find(({ numbers }) => numbers.includes(out_order_no));
    if (!book) throw new Error(`${out_order_no} is in no book`);
    await keep(world, witness, 'refunds', await witness.evidenceOf(book, out_order_no), [found]);
  }
  return disagreements;
}

interface EventTrial {
  readonly world: World;
  readonly caller: Caller;
  readonly lanes: Lanes;
  readonly witness: Witness;
  readonly books: readonly Book[];
}

/** When all is paid back, so that of that is told as well. */
async function judgeAllEvents(trial: EventTrial): Promise<Disagreement[]> {
  const { world, witness, books } = trial;
  const disagreements: Disagreement[] = [];
  for (const book of books.toSorted((a, b) => a.index - b.index)) {
    for (const out_order_no of book.numbers) {
      const seen = { ...trial, withinMs: EVENTS_WITHIN_MS };
      const evidence = await eventEvidenceOf(seen, book, out_order_no);
      const found = judgeEvents(evidence);
      if (found.length > 0) await keep(world, witness, 'events', evidence, found);
      disagreements.push(...found);
    }
  }
  return [...disagreements, ...judgeReceiver(world)];
}

function phaseTold({ read: { status, body } }: Evidence): string {
  if (body?.phase === undefined) return `read with ${status}`;
  return isUntaken(body) ? `${body.phase}, not taken` : body.phase;
}

function countsOf(words: readonly string[]): Record<string, number> {
  const groups = grouped(words, (word) => word);
  return Object.fromEntries([...groups].map(([word, { length }]) => [word, length]));
}

/** For whoever looks into it. */
async function keep(
  world: World,
  witness: Witness,
  what: 'order' | 'rental' | 'refunds' | 'events',
  evidence: Evidence | EventEvidence,
  found: Disagreement[],
) {
  const folder = join(world.folder, 'disagreements');
  await mkdir(folder, { recursive: true });
  const { out_order_no } = evidence;
  const history = await witness.historyOf(out_order_no).catch(() => undefined);
  const text = JSON.stringify({ found, evidence }, null, 2);
  await writeFile(join(folder, `${out_order_no}.${what}.json`), text);
  await writeFile(
    join(folder, `${out_order_no}.history.json`),
    JSON.stringify(history ?? null, null, 1),
  );
}
