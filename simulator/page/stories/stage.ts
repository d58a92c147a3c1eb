/** What the stories play on: one order of one user, the people around it, and what is to be seen of it. */
import { createAuthorise, type Authorise } from '../../control/authorising.ts';
import { createPaying } from '../../control/paying.ts';
import { whyOf, type ApiAnswer } from '../../merchant/api.ts';
import type { MerchantSide } from '../../merchant/merchant.ts';
import type { Order } from '../../orders/order.ts';
import { standingOf, type Standing } from '../../orders/state-table.ts';
import { PlannedFault } from '../../transport/faults.ts';
import type { Fault } from '../../faults/answer-faults.ts';
import type { LoggedCall } from '../../transport/call-log.ts';
import type { Call } from '../../transport/call.ts';
import type { Sources } from '../sources.ts';
import { StoryError, type Teller } from './book.ts';
import { createUntil, type Until } from './until.ts';

/** A story's order. */
export interface Part {
  readonly out_order_no: string;
  readonly openid: string;
}

export interface Stage extends Teller {
  readonly sources: Sources;
  readonly merchant: MerchantSide;
  readonly authorise: Authorise;
  readonly paying: ReturnType<typeof createPaying>;
  readonly until: Until;
  /** @throws {StoryError} where our API refuses; else takes note of the order as it is answered */
  taken(part: Part, what: string, answer: ApiAnswer): ApiAnswer;
  untilPhase(part: Part, ...phases: readonly string[]): Promise<void>;
  untilStanding(part: Part, standing: Standing): Promise<Order>;
  /** The first such call about the order that was answered, or cut. */
  untilCall(part: Part, call: Call, fits?: (it: LoggedCall) => boolean): Promise<LoggedCall>;
  /** The next calls about this order go wrong. */
  strike(part: Part, call: Call, fault: Fault, times: number): void;
}

export interface StageParts {
  readonly sources: Sources;
  readonly merchant: MerchantSide;
  readonly withinMs: number;
}

export function createStage({ sources, merchant, withinMs }: StageParts, teller: Teller): Stage {
  const { announcer, orders, calls, faults } = sources;
  const until = createUntil(announcer, withinMs);

  return {
    ...teller,
    sources,
    merchant,
    until,
    authorise: createAuthorise(sources),
    paying: createPaying(sources),
    taken({ out_order_no }, what, answer) {
      if (answer.status === 0 || answer.status >= 400) {
        throw new StoryError(({ refused }) => refused(what, whyOf(answer)));
      }
      merchant.phases.told(out_order_no, answer.body);
      return answer;
    },
    async untilPhase({ out_order_no }, ...wanted) {
      await until(
        ({ phase }) => phase(wanted.join(', ')),
        () => wanted.includes(merchant.phases.of(out_order_no)?.phase ?? ''),
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

/** Nothing that was planned for the story's order goes on after it. */
export function cleanUp({ sources }: Stage, { out_order_no }: Part): void {
  const isOwn = (it: { readonly out_order_no?: string | undefined }) =>
    it.out_order_no === out_order_no;
  sources.faults.planned.remove(isOwn);
  sources.notificationFaults.planned.remove(isOwn);
}
