/** What is owed is paid back by one call, however often it is made: by WeChat Pay's ledger each user has it once, and to the fen. */
import type { LedgerEntry } from '../../simulator/control.ts';
import type { Book } from './book.ts';
import type { Caller } from './caller.ts';
import type { Disagreement } from './judge.ts';
import { eventually } from '../support/eventually.ts';
import { unlessRefused } from './user.ts';
import type { World } from './world.ts';

const RULE = 'what is owed is paid back once';
const BACK_MS = 60_000;

/** At the end: whoever is owed money then owes no more to be judged. */
export async function payBack(
  world: World,
  caller: Caller,
  books: readonly Book[],
): Promise<Disagreement[]> {
  await world.wechat.scriptRefunds({}, { delay_seconds: 0 });
  const all = books.flatMap(({ numbers, path }) =>
    numbers.map((out_order_no) => ({ out_order_no, story: path.story })),
  );
  const found: Disagreement[] = [];
  for (const { out_order_no, story } of all) {
    const reason = await faultOf(world, caller, out_order_no);
    if (reason !== undefined) found.push({ out_order_no, story, rule: RULE, reason });
  }
  return found;
}

async function faultOf(
  { wechat }: World,
  caller: Caller,
  out_order_no: string,
): Promise<string | undefined> {
  const order = `/v1/service-orders/${out_order_no}`;
  const read = async () => (await caller.once({ method: 'GET', path: order })).body;
  const { trouble, refund_due } = (await read()) ?? {};
  // What is more than any one charge is refunded by hand.
  if (trouble !== 'refund_due' || refund_due?.transaction_id === undefined) return undefined;
  const { amount } = refund_due;
  const ask = () => caller.once({ method: 'POST', path: `${order}/refund-due` });
  await Promise.all([ask(), ask()]);
  const isBack = async () => {
    await ask();
    return (await read())?.trouble !== 'refund_due';
  };
  const isTold = await eventually(RULE, isBack, BACK_MS).catch(() => false);
  const { ledger = [] } = (await unlessRefused(wechat.order(out_order_no))) ?? {};
  const back = ledger.reduce((sum: number, entry: LedgerEntry) => sum + (entry.refunded ?? 0), 0);
  // Money and coupon go back in proportion: less than a fen is rounded for the user.
  const { collection } = (await read()) ?? {};
  const isShared = JSON.stringify(collection ?? {}).includes('promotion_detail');
  const isExact = back === amount || (isShared && back === amount + 1);
  if (isTold && isExact) return undefined;
  return `${amount} fen were owed, ${back} are back, and the order ${isTold ? 'knows' : 'does not know'}`;
}
