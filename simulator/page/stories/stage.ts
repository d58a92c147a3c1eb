/** What the stories play on: one order of one user, the people around it, and what is to be seen of it. */
import { createAuthorise, type Authorise } from '../../control/authorising.ts';
import { createPaying } from '../../control/paying.ts';
import { codesOf, isTaken, type ApiAnswer } from '../../merchant/api.ts';
import type { MerchantSide } from '../../merchant/merchant.ts';
import type { Shop } from '../../merchant/shop.ts';
import type { Order } from '../../orders/order.ts';
import { standingOf, type Standing } from '../../orders/state-table.ts';
import { PlannedFault } from '../../transport/faults.ts';
import type { Fault } from '../../faults/answer-faults.ts';
import type { LoggedCall } from '../../transport/call-log.ts';
import type { Call } from '../../transport/call.ts';
import type { Sources } from '../sources.ts';
import { StoryError, type Teller } from './book.ts';
import type { StoryChanges } from './changes.ts';
import { createUntil, type Until } from './until.ts';

/** A story's order. */
export interface Part {
  readonly out_order_no: string;
  readonly openid: string;
}

export interface Stage extends Teller {
  readonly sources: Sources;
  readonly merchant: MerchantSide;
  readonly shop: Shop;
  readonly authorise: Authorise;
  readonly paying: ReturnType<typeof createPaying>;
  readonly until: Until;
  /** The story is to break off. */
  readonly ended: AbortSignal;
  /** @throws {StoryError} where our API refuses */
  allowed(what: string, answer: ApiAnswer): ApiAnswer;
  /** The same, and takes note of the order as it is answered. */
  taken(part: Part, what: string, answer: ApiAnswer): ApiAnswer;
  /** @param withinMs as long as usual unless given */
  untilPhase(part: Part, phase: string, withinMs?: number): Promise<void>;
  untilStanding(part: Part, standing: Standing): Promise<Order>;
  /** The first such call about the order that was answered, or cut. */
  untilCall(part: Part, call: Call, fits?: (it: LoggedCall) => boolean): Promise<LoggedCall>;
  /** What is more than the story's own order: taken back when it is over. */
  readonly changes: StoryChanges;
  /** The next calls about this order go wrong. */
  strike(part: Part, call: Call, fault: Fault, times: number): void;
}

export interface StageParts {
  readonly sources: Sources;
  readonly merchant: MerchantSide;
  readonly changes: StoryChanges;
  readonly withinMs: number;
  /** The simulator has been told to end: the story breaks off, and changes nothing any more. */
  readonly ended: AbortSignal;
}

export function createStage(parts: StageParts, teller: Teller): Stage {
  const { sources, merchant, changes, withinMs, ended } = parts;
  const { announcer, orders, calls, faults } = sources;
  const until = createUntil(announcer, withinMs, ended);

  function allowed(what: string, answer: ApiAnswer): ApiAnswer {
    ended.throwIfAborted();
    if (isTaken(answer)) return answer;
    throw new StoryError(({ refused }, words) => refused(what, codesOf(answer, words)));
  }

  return {
    say(sentence) {
      ended.throwIfAborted();
      teller.say(sentence);
    },
    about: teller.about,
    sources,
    merchant,
    // What it says in words is not told on: each reader has a language of their own.
    shop: merchant.shopIn('*'),
    changes,
    until,
    ended,
    authorise: createAuthorise(sources),
    paying: createPaying(sources),
    allowed,
    taken({ out_order_no }, what, answer) {
      allowed(what, answer);
      merchant.phases.told(out_order_no, answer.body);
      return answer;
    },
    async untilPhase({ out_order_no }, wanted, within) {
      await until(
        ({ phase }) => phase(wanted),
        () => merchant.phases.of(out_order_no)?.phase === wanted,
        within,
      );
    },
    untilStanding: ({ out_order_no }, standing) =>
      until(
        ({ state }) => state(standing),
        () => {
          const order = orders.get(out_order_no);
          return order !== undefined && standingOf(order) === standing && order;
        },
      ),
    untilCall: ({ out_order_no }, call, fits = () => true) =>
      until(
        (waits) => waits.call(call),
        () => {
          const own = calls.latest().filter((it) => it.out_order_no === out_order_no);
          return own.findLast((it) => it.call === call && fits(it));
        },
      ),
    strike: ({ out_order_no }, call, fault, times) =>
      faults.planned.add(PlannedFault.parse({ out_order_no, call, fault, times })),
  };
}
