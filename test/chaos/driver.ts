/** Business code and user of one rental: goes the path step by step, whatever it is told. */
import { setTimeout as delay } from 'node:timers/promises';
import { ControlRefusal } from '../../simulator/control.ts';
import { answerOf, entriesAbout, type Book } from './book.ts';
import { bodyOf, openingOf } from './bodies.ts';
import type { Caller } from './caller.ts';
import { diceOf } from './dice.ts';
import { createElsewhere } from './elsewhere.ts';
import type { Path, Step, UserAct } from './step.ts';
import type { World } from './world.ts';

const LOOK_AGAIN_MS = 2_000;

export interface Rental {
  readonly world: World;
  readonly caller: Caller;
  readonly seed: number;
  readonly index: number;
  readonly path: Path;
}

/** @returns what was asked and answered; never rejects */
export async function drive({ world, caller, seed, index, path }: Rental): Promise<Book> {
  const { wechat } = world;
  const { openid } = path;
  const dice = diceOf(seed, `driver ${index}`);
  const stem = `C${seed}-${index}`;
  const book: Book = {
    index,
    path,
    numbers: [stem],
    foreign: new Set(),
    entries: [],
    sightings: new Map(),
  };
  const number = () => book.numbers.at(-1)!;
  /** The last that the API said about the order. */
  let view: any;

  async function perform(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return await delay(step.ms);
      case 'at once':
        return void (await Promise.all(step.steps.map(perform)));
      case 'open':
        return await open(step.body);
      case 'ask':
        return await ask(step);
      case 'read':
        return void (await read());
      case 'await':
        return await awaitPhase(step.phases, step.ms);
      case 'user':
        return await unlessRefused(act(step.act));
      case 'habit':
        return void (await wechat.setHabit(openid, step.habit));
      case 'charging window':
        return await unlessRefused(wechat.openChargingWindow(number(), step.seconds));
      case 'strike':
        return void (await wechat.planFault({ ...step.fault, out_order_no: number() }));
      case 'create elsewhere':
        book.foreign.add(number());
        return await createElsewhere(world, number(), openid);
      case 'try again':
        return await tryAgain();
    }
  }

  async function open(body: 'other' | undefined): Promise<void> {
    const out_order_no = number();
    const reply = await caller.untilTaken(
      book,
      dice,
      {
        out_order_no,
        request: { operation: body === 'other' ? 'open otherwise' : 'open' },
        manner: {},
      },
      { method: 'POST', path: '/v1/service-orders', body: openingOf(out_order_no, path, body) },
    );
    if (reply.status === 201 || reply.status === 202 || reply.status === 200) view = reply.body;
  }

  async function ask({ request, manner }: Extract<Step, { do: 'ask' }>): Promise<void> {
    const out_order_no = number();
    await caller.untilTaken(
      book,
      dice,
      { out_order_no, request, manner },
      {
        method: 'POST',
        path: `/v1/service-orders/${out_order_no}/${request.operation}`,
        body: bodyOf(request),
        headers: {
          ...(manner.key !== undefined && { 'idempotency-key': manner.key }),
          ...(manner.mode === 'left' && { prefer: 'respond-async' }),
        },
      },
    );
  }

  async function read(): Promise<string | undefined> {
    const out_order_no = number();
    const { status, at, body } = await caller.once({
      method: 'GET',
      path: `/v1/service-orders/${out_order_no}`,
    });
    if (status !== 200) return undefined;
    view = body;
    const seen = book.sightings.get(out_order_no) ?? [];
    book.sightings.set(out_order_no, [...seen, { at, phase: body.phase }]);
    return body.phase;
  }

  async function awaitPhase(phases: readonly string[], ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const phase = await read();
      if (phase !== undefined && (phases.includes(phase) || isOver(phase))) return;
      await delay(LOOK_AGAIN_MS);
    }
  }

  async function act(what: UserAct): Promise<unknown> {
    switch (what) {
      case 'authorise':
        return await wechat.authorise(openid);
      case 'authorise on the page': {
        const token = view?.authorization?.apply_permissions_token;
        return await (token === undefined
          ? wechat.authorise(openid)
          : wechat.authoriseByToken(token, openid));
      }
      case 'revoke':
        return await wechat.revoke(openid);
      case 'pay':
        return await wechat.pay(number());
      case 'pay from page':
        return await wechat.payFromPage(number());
      case 'fail to pay':
        return await wechat.failToPay(number());
    }
  }

  /** Only who was told that nothing came of it may take a new number; whoever is not goes no further. */
  async function tryAgain(): Promise<void> {
    const told = entriesAbout(book, number())
      .filter(({ request }) => request.operation === 'open')
      .map(answerOf);
    if (!told.some((answer) => answer?.status === 422)) throw new NothingMore();
    book.numbers.push(`${stem}-${book.numbers.length + 1}`);
    await open(undefined);
  }

  try {
    for (const step of path.steps) await perform(step);
  } catch (error) {
    if (!(error instanceof NothingMore)) book.breakdown = String(error);
  }
  return book;
}

class NothingMore extends Error {}

function isOver(phase: string): boolean {
  return ['rejected', 'unauthorized', 'cancelled', 'paid', 'paid_elsewhere', 'free'].includes(
    phase,
  );
}

/** What a person wants to do may not be possible any more, or not yet. */
async function unlessRefused(doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
  }
}
