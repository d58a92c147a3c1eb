/** What business code, the user and others do about one rental, as plain data that a seed decides. */
import type { Fault, Telling } from '../../simulator/control.ts';
import type { ChargingRefusal } from '../../simulator/orders/charge-script.ts';
import type { BehaviourChange } from '../../simulator/orders/user-behaviour.ts';
import type { RefusalName } from '../../simulator/transport/refusals.ts';

/** How a request is made; without a key each attempt is a request of its own. */
export interface Manner {
  /** Of this order alone; the same name again is the same `Idempotency-Key` again. */
  readonly key?: string;
  /** `Prefer: respond-async`. */
  readonly mode?: 'left';
}

export type Request =
  | { readonly operation: 'complete' | 'modify'; readonly amount: number }
  | { readonly operation: 'cancel'; readonly reason: string }
  | { readonly operation: 'sync' | 'refresh' | 'adopt' };
export type Operation = Request['operation'];

export type Step =
  | { readonly do: 'open'; readonly body?: 'other' }
  | { readonly do: 'ask'; readonly request: Request; readonly manner: Manner }
  | { readonly do: 'wait'; readonly ms: number }
  /** Reads the order now and then, at most so long. */
  | { readonly do: 'await'; readonly phases: readonly string[]; readonly ms: number }
  | { readonly do: 'read' }
  /** Goes no further where business code was last told another phase. */
  | { readonly do: 'only if'; readonly phase: string }
  | { readonly do: 'user'; readonly act: UserAct }
  | { readonly do: 'behaviour'; readonly behaviour: BehaviourChange }
  | {
      readonly do: 'charging window';
      readonly seconds: number;
      readonly refusal?: ChargingRefusal;
    }
  | { readonly do: 'pay'; readonly parts: readonly Part[]; readonly pauseMs?: number }
  /** Calls about permissions name no order, so that the next one is struck, whoever makes it. */
  | { readonly do: 'strike'; readonly fault: PlannedStrike }
  | { readonly do: 'at once' | 'in turn'; readonly steps: readonly Step[] }
  /** Created by another system of the merchant, which this service knows nothing of; as we would, unless it differs. */
  | { readonly do: 'create elsewhere'; readonly difference?: Difference }
  | { readonly do: 'complete elsewhere'; readonly by: 'api' | 'console'; readonly amount: number }
  /** In the merchant's console, of which nobody is told. */
  | { readonly do: 'console'; readonly act: 'cancel' }
  | { readonly do: 'console'; readonly act: 'modify'; readonly amount: number }
  /** WeChat Pay signs a USER_PAID in which this stands instead of the truth; null for nothing. */
  | { readonly do: 'announce'; readonly change: Readonly<Record<string, unknown>> }
  /** Somebody ends the run in Temporal's web UI. */
  | { readonly do: 'terminate' }
  /** Somebody lets it run again from one of its tasks: the first at 0, the last below 1. */
  | { readonly do: 'reset'; readonly share: number }
  /** The API loses Temporal. */
  | { readonly do: 'cut off'; readonly ms: number }
  /** Another attempt at the same rental, under a new number, if this one is known to have come to nothing. */
  | { readonly do: 'try again' }
  /** The same while this one waits for its user, who has walked away. */
  | { readonly do: 'start over' }
  /** What follows is about this attempt at the rental, from 0. */
  | { readonly do: 'turn to'; readonly attempt: number };

export type UserAct =
  | 'authorise'
  /** On the page that the API's answer leads to; where there is none, in WeChat's own settings. */
  | 'authorise on the page'
  /** That of the first attempt, once authorised; not where that would say that he waits for it. */
  | 'open the first page'
  | 'revoke'
  | 'pay'
  | 'pay from page'
  | 'fail to pay'
  /** An attempt that was under way when the order ended succeeds. */
  | 'charge anyway';

/** Of what is due: a share of it, or all. */
export interface Part {
  /** WeChat Pay charges, the user presses pay, or he pays the merchant directly. */
  readonly by: 'charge' | 'page' | 'counter';
  readonly share?: number;
  /** How much of that a coupon of the merchant's pays. */
  readonly coupon?: number;
}

/** In what an order of another system is not the one that we would create. */
export type Difference = 'fees' | 'device' | 'attach' | 'notify_url' | 'service';

export interface PlannedStrike {
  readonly call: AboutOrder | 'permission' | 'prepare';
  readonly fault: Fault;
  readonly times?: number;
  readonly delay_seconds?: number;
  readonly refusal?: RefusalName;
}

type AboutOrder = 'create' | 'complete' | 'modify' | 'cancel' | 'sync' | 'query';

/** Of the API's opening: short, so that their end is met within the run. */
export interface Deadlines {
  readonly authorization_seconds: number;
  readonly creation_seconds: number;
}

export interface Path {
  readonly story: string;
  readonly openid: string;
  readonly deadlines: Deadlines;
  /** How WeChat Pay tells of this user's orders. */
  readonly telling?: Telling;
  readonly steps: readonly Step[];
}
