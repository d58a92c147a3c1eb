/** The world in order again: no more faults, every callback sent once more, and time for what was unknown. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerEntry } from '../../simulator/control.ts';
import type { Book } from './book.ts';
import type { Caller } from './caller.ts';
import type { Evidence } from './evidence.ts';
import type { Lanes } from './lanes.ts';
import { FINAL, STANDINGS, standingOf } from './standing.ts';
import { isHidden } from './state-rules.ts';
import { saysTooLittle } from './tellings.ts';
import { unlessRefused } from './user.ts';
import { isUntaken } from './waiting.ts';
import type { World } from './world.ts';

const LOOK_AGAIN_MS = 3_000;
const RESENDS = 5;

/** From now on WeChat Pay tells enough of every order. */
export async function endFaults(
  { wechat, receiver }: World,
  books: readonly Book[],
): Promise<void> {
  await wechat.clearFaults();
  await wechat.endMaintenance();
  receiver.mend();
  for (const { path, numbers } of books) {
    if (path.telling === undefined || !saysTooLittle(path.telling)) continue;
    await wechat.setBehaviour(path.openid, { telling: null });
    for (const number of numbers) await unlessRefused(wechat.setTelling(number, {}));
  }
  await wechat.releaseNotifications();
}

interface Settling {
  readonly world: World;
  readonly caller: Caller;
  readonly lanes: Lanes;
  readonly books: readonly Book[];
  readonly seconds: number;
  readonly tell: (line: string) => void;
}

/** Waits until no order has anything pending, and no event is on its way, at most so long. */
export async function settle({
  world,
  caller,
  lanes,
  books,
  seconds,
  tell,
}: Settling): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  const foreign = new Map(books.flatMap((book) => [...book.foreign]));
  let open = books.flatMap(({ numbers }) => numbers);
  for (let round = 0; open.length > 0 && Date.now() < end; round++) {
    await resendCallbacks(world);
    const still: string[] = [];
    for (const out_order_no of open) {
      const whose = foreign.get(out_order_no) ?? 'no';
      const isSettled =
        (await isQuiet(world, caller, out_order_no, whose)) &&
        (await lanes.isOrderTold(out_order_no));
      if (!isSettled) still.push(out_order_no);
    }
    open = still;
    if (round % 10 === 0) tell(`settling: ${open.length} orders still wait for something`);
    await delay(Math.min(LOOK_AGAIN_MS, Math.max(0, end - Date.now())));
  }
  await resendCallbacks(world);
}

async function resendCallbacks({ wechat }: World): Promise<void> {
  for (let round = 0; round < RESENDS; round++) {
    const waiting = (await wechat.notifications()).filter(({ state }) => state !== 'delivered');
    if (waiting.length === 0) return;
    for (const { id } of waiting) await wechat.resend(id);
  }
}

/** Over; or at rest, and WeChat Pay would not charge it by itself; or WeChat Pay does not show it, and somebody is told. */
async function isQuiet(
  { wechat }: World,
  caller: Caller,
  out_order_no: string,
  foreign: Evidence['foreign'],
): Promise<boolean> {
  const read = await caller.once({
    method: 'GET',
    path: `/v1/service-orders/${out_order_no}`,
  });
  const { status, body } = read;
  if (status === 404) return true;
  if (status !== 200) return false;
  if (isUntaken(body) || isHidden({ foreign, read })) return true;
  const { order, ledger } = (await unlessRefused(wechat.order(out_order_no))) ?? {};
  // Charged although it had ended: somebody is about to hear of it.
  if (FINAL.includes(body.phase)) {
    const isTold = body.phase === 'paid' || !isCharged(ledger);
    return isTold && body.pending_operation === undefined;
  }
  const isAtRest = body.phase === 'in_service' || body.phase === 'paying';
  if (!isAtRest || body.pending_operation !== undefined) return false;
  return STANDINGS[body.phase]?.includes(standingOf(order)) ?? false;
}

function isCharged(ledger: readonly LedgerEntry[] = []): boolean {
  return ledger.some(({ charged }) => charged > 0);
}
