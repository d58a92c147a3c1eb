/** Callers who have gone keep nobody out: an order answers whoever comes, and says `busy` where too many wait at once. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { ApiAnswer } from '../../support/api-client.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, paying, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

const ASYNC = { prefer: 'respond-async' };

const atOnce = (times: number, ask: (n: number) => Promise<ApiAnswer>) =>
  Promise.all(Array.from({ length: times }, (_, n) => ask(n)));

/** How many of them were answered so. */
function counted(answers: readonly ApiAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function assertBusyOr(statuses: readonly number[], answers: readonly ApiAnswer[]): void {
  const other = answers.find((answer) => !isBusy(answer) && !statuses.includes(answer.status));
  assert.equal(other, undefined, `${other?.status} ${JSON.stringify(other?.body)}`);
}

function isBusy({ status, body }: ApiAnswer): boolean {
  return status === 429 && body.type === 'urn:payscore-orders:busy';
}

describe('an order of which WeChat tells nothing', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });
  afterEach(() => stage.stack.people.clearFaults());

  const down = (out_order_no: string, call: 'complete' | 'query') =>
    strike(stage.stack, out_order_no, call, 'cut', { times: 10_000 });

  it('takes a cancel after ten callers of a completion have gone', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    for (const call of ['complete', 'query'] as const) await down(out_order_no, call);
    const ended = await atOnce(10, () => stack.api.once.complete(out_order_no, rentalEnd(500)));
    assert.ok((counted(ended)[202] ?? 0) >= 6, JSON.stringify(counted(ended)));
    const cancelled = await stack.api.cancel(out_order_no, CANCELLATION);
    assert.equal(cancelled.status, 202, JSON.stringify(cancelled.body));
    await stack.people.clearFaults();
    await shown(stack, out_order_no, { phase: 'cancelled' }, 60_000);
    assert.equal((await executedOn(stack, out_order_no)).at(-1), 'cancelled 0');
  });

  it('takes one crowd of callers after the other', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    for (const call of ['complete', 'query'] as const) await down(out_order_no, call);
    for (const [crowd, total] of [300, 400].entries()) {
      const answers = await atOnce(8, () =>
        stack.api.once.complete(out_order_no, rentalEnd(total)),
      );
      assertBusyOr([202], answers);
      // Of ten that may wait, eight who are gone would leave two; on a busy machine some of them go late.
      assert.ok(
        (counted(answers)[202] ?? 0) > 2,
        `crowd ${crowd}: ${JSON.stringify(counted(answers))}`,
      );
    }
  });

  it('takes those who ask for news again and again', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await down(out_order_no, 'query');
    for (let round = 1; round <= 3; round++) {
      const answers = await atOnce(6, () => stack.api.once.refresh(out_order_no));
      assertBusyOr([202], answers);
      // Six who are gone would leave none.
      assert.ok(
        (counted(answers)[202] ?? 0) > 1,
        `round ${round}: ${JSON.stringify(counted(answers))}`,
      );
    }
  });

  it('answers sixty who ask for news at once, and leaves room for who wants something', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await down(out_order_no, 'query');
    const asking = atOnce(60, () => stack.api.once.refresh(out_order_no));
    const completed = await stack.api.complete(out_order_no, rentalEnd(500));
    assert.ok([200, 202].includes(completed.status), JSON.stringify(completed.body));
    const answers = await asking;
    assertBusyOr([200, 202], answers);
    assert.ok((counted(answers)[429] ?? 0) > 0, JSON.stringify(counted(answers)));
    await shown(stack, out_order_no, { phase: 'paying' });
  });

  it('takes what is left without waiting, however many wait', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    for (const call of ['complete', 'query'] as const) await down(out_order_no, call);
    const ending = atOnce(8, () => stack.api.once.complete(out_order_no, rentalEnd(500)));
    await shown(stack, out_order_no, { operations: (all: unknown[]) => all.length === 8 });
    assert.equal((await stack.api.cancel(out_order_no, CANCELLATION, ASYNC)).status, 202);
    await ending;
    await stack.people.clearFaults();
    await shown(stack, out_order_no, { phase: 'cancelled' }, 60_000);
  });
});

describe('sixty callers at once', () => {
  const stage = useStack();
  afterEach(() => stage.stack.people.clearFaults());

  it('who ask for news are answered, or told that the order is busy', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    let served = 0;
    let crowd = 60;
    // A busy machine may have nobody there in time for one of them, or answer few; a smaller crowd, of more than may wait, is served.
    await eventually(
      'a crowd that is served',
      async () => {
        const answers = await atOnce(crowd, () => stack.api.once.refresh(out_order_no));
        crowd = Math.max(12, Math.round(crowd * 0.7));
        const answered = answers.filter(({ status }) => status === 200 || status === 202);
        served += answered.length;
        return answers.every((one) => answered.includes(one) || isBusy(one)) && served >= 6;
      },
      240_000,
    );
  });

  it('who complete an order are answered, or told that it is busy, and it is done once', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 9 });
    await eventually(
      'a completion that is taken',
      async () => {
        const answers = await atOnce(60, () =>
          stack.api.once.complete(out_order_no, rentalEnd(500)),
        );
        assertBusyOr([200, 202], answers);
        return counted(answers)[429] !== 60;
      },
      60_000,
    );
    await shown(stack, out_order_no, { phase: 'paying' }, 60_000);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });

  it('of whom one comes later find him told that it is busy, not that nobody is there', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'slow', { delay_seconds: 9 });
    const ending = atOnce(8, () => stack.api.once.complete(out_order_no, rentalEnd(500)));
    await shown(stack, out_order_no, { operations: (all: unknown[]) => all.length === 8 });
    const cancelled = await stack.api.once.cancel(out_order_no, CANCELLATION);
    await ending;
    assertBusyOr([], [cancelled]);
  });
});
