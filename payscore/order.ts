/** One order: its whole state, plain JSON throughout. Only the fold changes it. */
import { rfc3339Of } from './beijing-time.ts';
import type { Phase } from './phase.ts';
import type { Refusal } from './refusal.ts';
import type { JsonBody } from './request-body.ts';
import type { CompleteServiceOrder } from '../schemas/complete-service-order.ts';
import type { OpenServiceOrder } from '../schemas/open-service-order.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** Which merchant, app and service an order belongs to: configuration's part of it. */
export interface Service {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly notify_url: string;
}

/** What an order is opened with. */
export interface Opening {
  readonly service: Service;
  readonly request: OpenServiceOrder;
  /** Of the caller's body: tells "the same again" from "the same number, another body". */
  readonly digest: string;
}

/** What an operator can filter by: `operation_refused` where nobody waited for WeChat's refusal. */
export type Trouble = 'operation_refused';

export type Operation = 'create' | 'complete';

/** Who told us: only a query's answer or a verified notification settles an order. */
export type Source = Operation | 'query' | 'notification';

export interface TimelineEntry {
  /** RFC 3339, Beijing. */
  readonly at: string;
  readonly event: string;
}

export interface Completion {
  readonly request: CompleteServiceOrder;
  /** Fixed before the first send; every repetition sends the same. */
  readonly body: JsonBody;
}

export interface Order {
  readonly opening: Opening;
  readonly phase: Phase;
  readonly trouble?: Trouble;
  /** When it was first known to be in service; Beijing time, 14 digits. */
  readonly inServiceSince?: string;
  /** WeChat's last word on it. */
  readonly serviceOrder?: Omit<ServiceOrder, 'openid'>;
  /** The completion that is running, or that WeChat has taken. */
  readonly completion?: Completion | undefined;
  readonly lastRefusal?: Refusal & { readonly operation: Operation };
  /** Why the order ended without having existed, in a sentence for people. */
  readonly explanation?: string;
  readonly timeline: readonly TimelineEntry[];
}

export function newOrder(opening: Opening, at: Date): Order {
  return { opening, phase: 'creating', timeline: [{ at: rfc3339Of(at), event: 'opened' }] };
}
