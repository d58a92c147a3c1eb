/** What business code was told of an order by itself, and how the order stands after that, here and at WeChat Pay. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerEntry, ToldRefund } from '../../simulator/control.ts';
import type { Book, Foreign } from './book.ts';
import type { Caller } from './caller.ts';
import type { Lanes } from './lanes.ts';
import type { Delivery } from './receiver.ts';
import { unlessRefused } from './user.ts';
import type { World } from './world.ts';

export interface EventEvidence {
  readonly out_order_no: string;
  readonly story: string;
  /** Of the order, each attempt, in the order in which they came. */
  readonly deliveries: readonly Delivery[];
  /** Of what was paid back, by payment. */
  readonly refundDeliveries: readonly Delivery[];
  /** Nothing is on its way any more. */
  readonly isOver: boolean;
  /** The API's answer to GET. */
  readonly read: { readonly status: number | undefined; readonly body?: any };
  readonly wechat: { readonly order: any; readonly ledger: readonly LedgerEntry[] } | undefined;
  /** As the API shows them. */
  readonly refunds: readonly { readonly out_refund_no: string; readonly state: string }[];
  /** As WeChat Pay has them. */
  readonly refundsThere: readonly Pick<ToldRefund, 'refund'>[];
  /** An operator has ended its run, or taken it back. */
  readonly isInterrupted: boolean;
  /** Created by another system of the merchant. */
  readonly foreign: Foreign | 'no';
}

const LOOK_AGAIN_MS = 500;

export interface EventWitness {
  readonly world: World;
  readonly caller: Caller;
  readonly lanes: Lanes;
  /** How long what is on its way may take. */
  readonly withinMs: number;
}

/** As of a moment at which nothing moves: whatever does is looked at once more. */
export async function eventEvidenceOf(
  witness: EventWitness,
  book: Book,
  out_order_no: string,
): Promise<EventEvidence> {
  const end = Date.now() + witness.withinMs;
  for (;;) {
    const before = await readOf(witness.caller, out_order_no);
    const evidence = await lookedAt(witness, book, out_order_no);
    const isSteady = standingOf(before) === standingOf(evidence.read);
    if ((evidence.isOver && isSteady) || Date.now() > end) return evidence;
    await delay(LOOK_AGAIN_MS);
  }
}

async function lookedAt(
  { world, caller, lanes }: EventWitness,
  book: Book,
  out_order_no: string,
): Promise<EventEvidence> {
  const { wechat, receiver } = world;
  const refundsThere = await wechat.refunds(out_order_no);
  const transactions = [...new Set(refundsThere.map(({ refund }) => refund.transaction_id))];
  const parts = await Promise.all([
    lanes.isOrderTold(out_order_no),
    ...transactions.map(lanes.areRefundsTold),
  ]);
  const about = receiver.deliveries.filter(({ data }) => data?.out_order_no === out_order_no);
  const { body } = await caller.once({ method: 'GET', path: `${pathOf(out_order_no)}/refunds` });
  return {
    out_order_no,
    story: book.path.story,
    deliveries: about.filter(({ type }) => !type.startsWith('refund.')),
    refundDeliveries: about.filter(({ type }) => type.startsWith('refund.')),
    isOver: parts.every(Boolean),
    wechat: await unlessRefused(wechat.order(out_order_no)),
    refunds: body?.refunds ?? [],
    refundsThere,
    read: await readOf(caller, out_order_no),
    isInterrupted: book.deeds.some(
      (deed) =>
        deed.out_order_no === out_order_no && (deed.kind === 'terminated' || deed.kind === 'reset'),
    ),
    foreign: book.foreign.get(out_order_no) ?? 'no',
  };
}

async function readOf(caller: Caller, out_order_no: string) {
  return await caller.once({ method: 'GET', path: pathOf(out_order_no) });
}

function pathOf(out_order_no: string): string {
  return `/v1/service-orders/${out_order_no}`;
}

/** What events tell of. */
function standingOf({ status, body }: EventEvidence['read']): string {
  return JSON.stringify([status, body?.phase, body?.trouble]);
}
