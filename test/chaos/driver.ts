/** Business code, user and others about one rental: they go the path step by step, whatever they are told. */
import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, entriesAbout, newBook, type Book, type Deed, type Foreign } from './book.ts';
import { createBusinessCode } from './business-code.ts';
import type { Caller } from './caller.ts';
import { diceOf } from './dice.ts';
import { completeElsewhere, createElsewhere } from './elsewhere.ts';
import type { Difference, Path, PlannedStrike, Step } from './step.ts';
import { createUser, unlessRefused } from './user.ts';
import type { World } from './world.ts';

export interface Rental {
  readonly world: World;
  readonly caller: Caller;
  readonly seed: number;
  readonly index: number;
  readonly path: Path;
}

/** @returns what was asked and answered; never rejects */
export async function drive({ world, caller, seed, index, path }: Rental): Promise<Book> {
  const { wechat, operator } = world;
  const { openid } = path;
  const stem = `C${seed}-${index}`;
  const book = newBook(index, path, stem);
  const dice = diceOf(seed, `driver ${index}`);
  const business = createBusinessCode({ caller, dice, book });
  const user = createUser({ world, openid });
  /** The attempt that the steps are about. */
  let number = stem;

  async function perform(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return await delay(step.ms);
      case 'at once':
        return void (await Promise.all(step.steps.map(perform)));
      case 'in turn':
        for (const next of step.steps) await perform(next);
        return;
      case 'open':
        return await business.open(number, step.body);
      case 'ask':
        return await business.ask(number, step);
      case 'read':
        return void (await business.read(number));
      case 'await':
        return await business.awaitPhase(number, step.phases, step.ms);
      case 'only if':
        if (business.lastView(number)?.phase !== step.phase) throw new NothingMore();
        return;
      case 'user':
        return await noted(undefined, () =>
          user.act(step.act, {
            out_order_no: number,
            view: business.lastView(number),
            firstView: business.lastView(stem),
          }),
        );
      case 'behaviour':
        return void (await wechat.setBehaviour(openid, step.behaviour));
      case 'charging window':
        return void (await unlessRefused(
          wechat.openChargingWindow(number, step.seconds, step.refusal),
        ));
      case 'pay':
        for (const [nth, part] of step.parts.entries()) {
          if (nth > 0) await delay(step.pauseMs ?? 0);
          await noted('paid', () => user.pay(number, part));
        }
        return;
      case 'strike':
        return void (await wechat.planFault(about(number, step.fault)));
      case 'create elsewhere': {
        const { difference } = step;
        book.foreign.set(number, foreignOf(difference));
        return await noted('created elsewhere', async () => {
          await createElsewhere(world, { out_order_no: number, openid, difference });
          return {};
        });
      }
      case 'complete elsewhere':
        return await noted('completed elsewhere', async () => {
          const isDone = await completeElsewhere(world, number, step);
          return isDone ? { amount: step.amount } : undefined;
        });
      case 'console':
        return step.act === 'cancel'
          ? await noted(
              'cancelled elsewhere',
              async () => (await unlessRefused(wechat.consoleCancel(number))) && {},
            )
          : await noted(
              'modified elsewhere',
              async () =>
                (await unlessRefused(
                  wechat.consoleModify(number, { total_amount: step.amount }),
                )) && {
                  amount: step.amount,
                },
            );
      case 'announce':
        return await noted('announced', async () =>
          (await unlessRefused(wechat.announce(number, step.change))) === undefined
            ? undefined
            : {},
        );
      case 'terminate':
        return await noted('terminated', async () =>
          (await operator.terminate(number)) ? {} : undefined,
        );
      case 'reset':
        return await noted('reset', async () =>
          (await operator.reset(number, step.share)) ? {} : undefined,
        );
      case 'cut off':
        return await noted('cut off', async () => {
          world.toTemporal.cut(step.ms);
          return {};
        });
      case 'try again':
        return await tryAgain();
      case 'start over':
        return await startOver();
      case 'turn to':
        number = book.numbers[step.attempt] ?? number;
    }
  }

  /** @param doing undefined where nothing came of it */
  async function noted(
    kind: Deed['kind'] | undefined,
    doing: () => Promise<Partial<Deed> | undefined>,
  ): Promise<void> {
    const out_order_no = number;
    const from = Date.now();
    const done = await doing();
    const known = done?.kind ?? kind;
    if (done === undefined || known === undefined) return;
    book.deeds.push({ out_order_no, from, until: Date.now(), ...done, kind: known });
  }

  /** Only who was told that nothing came of it may take a new number; whoever is not goes no further. */
  async function tryAgain(): Promise<void> {
    const told = entriesAbout(book, number)
      .filter(({ request }) => request.operation === 'open')
      .map(answerOf);
    if (!told.some((answer) => answer?.status === 422)) throw new NothingMore();
    await startOver();
  }

  async function startOver(): Promise<void> {
    number = `${stem}-${book.numbers.length + 1}`;
    book.numbers.push(number);
    await business.open(number, undefined);
  }

  try {
    if (path.telling) await wechat.setBehaviour(openid, { telling: path.telling });
    for (const step of path.steps) await perform(step);
  } catch (error) {
    if (!(error instanceof NothingMore)) book.breakdown = String(error);
  }
  return book;
}

function foreignOf(difference: Difference | undefined): Foreign {
  if (difference === undefined) return 'same';
  return difference === 'service' ? 'hidden' : 'different';
}

function about(out_order_no: string, fault: PlannedStrike) {
  const isNameless = fault.call === 'permission' || fault.call === 'prepare';
  return isNameless ? fault : { ...fault, out_order_no };
}

class NothingMore extends Error {}
