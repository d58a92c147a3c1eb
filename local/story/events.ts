/** What business code is told by itself, as it arrives. */
import { setTimeout as delay } from 'node:timers/promises';
import { pointTo, quote, say } from './lines.ts';
import type { ReceivedEvent } from '../stack/receiver.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { words, yuan } from '../stack/words.ts';
import { eventIdIn } from '../../payscore/events/lane.ts';
import { eventsWorkflowIdOf } from '../../workflows/contract.ts';

const TOLD_WITHIN_MS = 300_000;

/** Prints each, and of a lane's first one where the lane can be looked at. */
export function printEvents(stack: Stack): void {
  const { uiUrl, mchid } = stack;
  const lanes = new Set<string>();
  stack.receiver.listen((event) => {
    say('event', lineOf(event));
    const lane = eventIdIn(event.id)?.lane;
    if (lane === undefined || lanes.has(lane)) return;
    if (lanes.size === 0) quote(words.events.verified);
    lanes.add(lane);
    if (uiUrl) pointTo(workflowUrl(uiUrl, stack, eventsWorkflowIdOf(mchid, lane)));
  });
}

/** @throws {Error} where business code is not told this of the order */
export async function untilTold(
  { receiver }: Stack,
  type: string,
  out_order_no: string,
): Promise<void> {
  const told = new Promise<true>((resolve) => {
    receiver.listen(({ type: came, data }) => {
      if (came === type && data.out_order_no === out_order_no) resolve(true);
    });
  });
  const isTold = await Promise.race([told, delay(TOLD_WITHIN_MS, false, { ref: false })]);
  if (!isTold) throw new Error(words.faults.untold(type));
}

function lineOf({ type, data }: ReceivedEvent): string {
  const { out_order_no, bill_date, trouble, refund } = data;
  const about = out_order_no ?? bill_date;
  const more = trouble ?? (refund && yuan(refund.amount));
  return words.events.line([type, about, more].filter((word) => word !== undefined));
}
