/** Whatever merchants, users, WeChat Pay and time do in whatever order: the simulator is what the documents say. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import type { LedgerEntry } from '../../simulator/control.ts';
import { holds } from './holds.ts';
import { expected, newModel, pass, secondsBefore } from './order-model.ts';
import { operations, policies, type Operation } from './order-operations.ts';
import { createPlay, type Stage } from './order-play.ts';
import { closeStage, openStage } from './order-stage.ts';
import { STANDINGS } from './order-standing.ts';
import {
  assertBilled,
  assertEnded,
  assertLedger,
  assertNotified,
  assertShown,
  type Judged,
} from './order-judgement.ts';

/** Cases begin at noon: most of what happens in one happens on that day. */
const NOON = new Date('2026-10-01T12:00:00+08:00');

let stage: Stage;
let cases = 0;

before(async () => (stage = await openStage()));
after(() => closeStage(stage));

test('every order of operations leads where the documents say', async () => {
  await holds(
    40,
    fc.asyncProperty(policies, operations, async (chosen, its) => {
      const { control, simulator } = stage;
      cases += 1;
      const numbers = [`P${cases}_${process.pid}a`, `P${cases}_${process.pid}b`];
      const openid = `oUser${cases}`;
      await control.resetPolicies();
      await control.setPolicies(chosen);
      simulator.clock.set({ now: NOON });
      await control.authorise(openid);

      const model = newModel(chosen);
      const { play, query, numberOf } = createPlay(stage, numbers, openid);
      const ledgers = new Map<number, LedgerEntry[]>();

      async function judge(which: number): Promise<void> {
        const order = model.orders[which];
        const { status, json } = await query(which === 0 ? 'client' : 'merchant', which);
        assert.equal(status, order ? 200 : 404);
        if (!order) return;
        assertShown(json, order);
        const { ledger } = await control.order(numberOf(which));
        assertLedger(ledger, ledgers.get(which) ?? [], order);
        ledgers.set(which, ledger);
      }

      for (const it of its) {
        pass(model, secondsBefore(it));
        const standing = 'order' in it ? model.orders[it.order]?.standing : undefined;
        const verdict = expected(model, it);
        const [ended] = await play(it);
        assert.ok(ended);
        assertEnded(ended, verdict, standing, chosen);
        if ('order' in it) await judge(it.order);
      }
      await judge(0);
      await judge(1);
      const judged = numbers.flatMap((out_order_no, which): Judged[] => {
        const order = model.orders[which];
        return order ? [{ out_order_no, order }] : [];
      });
      for (const one of judged) await assertNotified(stage, one);
      await assertBilled(stage, judged);
    }),
  );
});

test('the cases come to every cell of the state table', () => {
  const seen = new Set<string>();
  for (const [chosen, its] of fc.sample(fc.tuple(policies, operations), 4000)) {
    const model = newModel(chosen);
    for (const it of its) {
      pass(model, secondsBefore(it));
      const standing = 'order' in it ? model.orders[it.order]?.standing : undefined;
      const isAllowed = expected(model, it) === 'allowed';
      seen.add(`${it.op} ${standing}`).add(`${it.op} ${standing} ${isAllowed}`);
    }
  }
  const calls: Operation['op'][] = ['cancel', 'complete', 'modify', 'sync', 'pay call', 'query'];
  for (const call of [...calls, 'pay', 'pay from page', 'fail to pay']) {
    for (const standing of STANDINGS)
      assert.ok(seen.has(`${call} ${standing}`), `${call} ${standing}`);
  }
  for (const call of ['cancel', 'modify', 'sync', 'pay call', 'pay']) {
    assert.ok(seen.has(`${call} PAYING true`), call);
  }
});
