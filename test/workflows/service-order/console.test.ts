/** What the merchant does in its console (商户平台), of which no callback tells: found by whoever asks WeChat next. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OFTEN } from '../../support/delays.ts';
import { eventually } from '../../support/eventually.ts';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { CANCELLATION, correction, rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  inService,
  known,
  losesNotifications,
  paying,
  shown,
  type PlayedOrder,
} from '../../support/play.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import type { SweepResult } from '../../../schemas/one-shot.ts';
import { SWEEP } from '../../../workflows/contract.ts';

type Act = (people: Stack['people'], out_order_no: string) => Promise<unknown>;

const completes: Act = (people, number) => people.consoleComplete(number, { total_amount: 700 });
const ends: Act = (people, number) => people.consoleComplete(number, { total_amount: 0 });
const cancels: Act = (people, number) => people.consoleCancel(number);
const lowers: Act = (people, number) => people.consoleModify(number, { total_amount: 300 });

/** From where an order was, by what was done, to what an order here is to become. */
const DONE: readonly (readonly [
  what: string,
  from: (stack: Stack) => Promise<PlayedOrder>,
  act: Act,
  becomes: { readonly phase: string; readonly total_amount: number },
])[] = [
  ['completes an order', inService, completes, { phase: 'paying', total_amount: 700 }],
  ['completes an order for nothing', inService, ends, { phase: 'free', total_amount: 0 }],
  ['cancels an order', inService, cancels, { phase: 'cancelled', total_amount: 0 }],
  ['lowers an amount', paying, lowers, { phase: 'paying', total_amount: 300 }],
  ['cancels while WeChat charges', paying, cancels, { phase: 'cancelled', total_amount: 0 }],
];

interface AskedTooLate {
  readonly what: string;
  readonly from: (stack: Stack) => Promise<PlayedOrder>;
  readonly act: Act;
  readonly ask: (api: Stack['api'], out_order_no: string) => Promise<ApiAnswer>;
  readonly status: number;
  readonly words: RegExp;
  readonly phase: string;
}

/** What business code asks for, not knowing what was done. */
const ASKED_TOO_LATE: readonly AskedTooLate[] = [
  {
    what: 'a completion for another total',
    ...{ from: inService, act: completes, phase: 'paying' },
    ask: (api, number) => api.complete(number, rentalEnd(500)),
    ...{ status: 409, words: /total_amount 700/ },
  },
  {
    what: 'a completion for the same total',
    ...{ from: inService, act: completes, phase: 'paying' },
    ask: (api, number) => api.complete(number, rentalEnd(700)),
    ...{ status: 200, words: /"paying"/ },
  },
  {
    what: 'a completion of what was cancelled',
    ...{ from: inService, act: cancels, phase: 'cancelled' },
    ask: (api, number) => api.complete(number, rentalEnd(500)),
    ...{ status: 409, words: /cancelled/ },
  },
  {
    what: 'a cancellation of what was cancelled',
    ...{ from: inService, act: cancels, phase: 'cancelled' },
    ask: (api, number) => api.cancel(number, CANCELLATION),
    ...{ status: 200, words: /"cancelled"/ },
  },
  {
    what: 'a correction to less than was lowered',
    ...{ from: paying, act: lowers, phase: 'paying' },
    ask: (api, number) => api.modify(number, correction(200)),
    ...{ status: 200, words: /"paying"/ },
  },
];

describe('the console', { concurrency: 4 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  for (const [what, from, act, becomes] of DONE) {
    it(`${what}: a refresh shows it, in no trouble`, async () => {
      const { stack } = stage;
      const { out_order_no } = await from(stack);
      await act(stack.people, out_order_no);
      const { status, body } = await stack.api.refresh(out_order_no);
      assert.equal(status, 200);
      assert.deepEqual({ phase: body.phase, total_amount: body.total_amount }, becomes);
      assert.deepEqual([body.trouble, body.refund_due], [undefined, undefined]);
    });
  }

  for (const { what, from, act, ask, status, words, phase } of ASKED_TOO_LATE) {
    it(`comes before ${what}: ${status}, and the order stands as WeChat has it`, async () => {
      const { stack } = stage;
      const { out_order_no } = await from(stack);
      await act(stack.people, out_order_no);
      const answer = await known(() => ask(stack.api, out_order_no));
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(JSON.stringify(answer.body), words);
      const { body } = await stack.api.refresh(out_order_no);
      const { order } = await stack.people.order(out_order_no);
      assert.deepEqual([body.phase, body.total_amount], [phase, order['total_amount']]);
      assert.equal(body.refund_due, undefined);
    });
  }

  it('completed what is then paid: the callback tells of both', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await stack.people.consoleComplete(out_order_no, { total_amount: 700 });
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.deepEqual([paid.phase, paid.total_amount, paid.trouble], ['paid', 700, undefined]);
  });

  it('lowered what is then paid: nothing is owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.consoleModify(out_order_no, { total_amount: 300 });
    await stack.people.pay(out_order_no);
    const paid = await stack.run(out_order_no).result();
    assert.deepEqual([paid.phase, paid.total_amount, paid.trouble], ['paid', 300, undefined]);
    assert.equal(await chargedOn(stack, out_order_no), 300);
  });
});

describe('what the console did that nobody asks about', { concurrency: 4 }, () => {
  const stage = useStack({ pollDelaysMs: OFTEN });

  it('is found by the poll while WeChat charges: lowered and paid, or cancelled', async () => {
    const { stack } = stage;
    const [lowered, cancelled] = await Promise.all([paying(stack), paying(stack)]);
    await losesNotifications(stack, lowered.out_order_no);
    await stack.people.consoleModify(lowered.out_order_no, { total_amount: 300 });
    await stack.people.pay(lowered.out_order_no);
    await stack.people.consoleCancel(cancelled.out_order_no);
    const [paid, gone] = await Promise.all(
      [lowered, cancelled].map(({ out_order_no }) => stack.run(out_order_no).result()),
    );
    assert.deepEqual([paid?.phase, paid?.total_amount, paid?.trouble], ['paid', 300, undefined]);
    assert.deepEqual([gone?.phase, gone?.trouble], ['cancelled', undefined]);
  });

  it('is found by the sweep while an order is in service', async () => {
    const { stack } = stage;
    await stage.startWorker({ longServiceMs: 1_000 });
    const [completed, cancelled] = await Promise.all([inService(stack), inService(stack)]);
    await stack.people.consoleComplete(completed.out_order_no, { total_amount: 700 });
    await stack.people.consoleCancel(cancelled.out_order_no);
    // Temporal lists an order a moment after it has changed.
    await eventually('a sweep that finds both', async () => (await swept(stack)).asked >= 2);
    await shown(stack, completed.out_order_no, { phase: 'paying', total_amount: 700 });
    await shown(stack, cancelled.out_order_no, { phase: 'cancelled' });
  });
});

async function swept({ client, services: [service], temporal }: Stack): Promise<SweepResult> {
  const { taskQueue } = temporal;
  const workflowId = `${SWEEP}/${service.mchid}/${Date.now()}`;
  return await client.workflow.execute(SWEEP, { workflowId, taskQueue, args: [service] });
}

describe('a day on which the console was used', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('heals what was completed and charged unheard, and tells what was refunded', async () => {
    const { stack } = stage;
    const { people } = stack;
    const bill_date = daysAgo(3);
    await play(stack, bill_date);
    const [unheard, refunded] = [await inService(stack), await payingThen(stack)];
    await losesNotifications(stack, unheard.out_order_no);
    await people.consoleComplete(unheard.out_order_no, { total_amount: 700 });
    await people.pay(unheard.out_order_no);
    await people.pay(refunded.out_order_no);
    await shown(stack, refunded.out_order_no, { phase: 'paid' });
    await people.consoleRefund(refunded.out_order_no, 200);
    await comeMorning(stack);
    const { report } = await reconciled(stack, bill_date);
    const words = report?.examples.map(
      ({ kind, healed, out_order_no }) => `${kind} ${healed ? 'healed' : 'open'} ${out_order_no}`,
    );
    assert.deepEqual(words?.toSorted(), [
      `paid_unnoticed healed ${unheard.out_order_no}`,
      `refunded open ${refunded.out_order_no}`,
    ]);
    const { total_amount } = await shown(stack, unheard.out_order_no, { phase: 'paid' });
    assert.equal(total_amount, 700);
  });
});
