/** What an auditor asks of a day that is said to be balanced: nothing owed, nothing unexplained, nothing counted twice or not at all. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createMornings,
  endedOn,
  newWorld,
  paidOrder,
  paymentRow,
  refundRow,
  SERVICE,
} from './month-world.ts';

const [DAY, NEXT, THIRD] = ['2026-10-01', '2026-10-02', '2026-10-03'] as const;
const [T1, T2] = ['4200000000000000000000000001', '4200000000000000000000000002'] as const;
const named = { out_order_no: 'N1' } as const;
const charge = (transaction_id: string, amount: number, bill_date?: string) => ({
  ...{ transaction_id, amount },
  ...(bill_date !== undefined && { bill_date }),
});

describe('a day that is said to be balanced', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-auditor-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function world() {
    const books = newWorld();
    return { ...books, ...createMornings(books, folder) };
  }

  /** Charged 1,000, of which so much was too much. */
  function owing(refundDue: { amount: number; transaction_id?: string }) {
    const books = world();
    const charges = [charge(T1, 1_000, DAY)];
    books.orders.set('N1', {
      ours: paidOrder('N1', { charges, refundDue, endedAt: endedOn(DAY) }),
    });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 1_000 }));
    return books;
  }
  const back = (day: string, amount: number, refund_id: string, status = 'SUCCESS') =>
    refundRow(day, { ...named, transaction_id: T1, amount, refund_id, status });

  it('has no fen of what is due paid back twice, on whatever days', async () => {
    const books = owing({ amount: 300, transaction_id: T1 });
    books.rows.push(back(NEXT, 300, '501'), back(THIRD, 300, '502'));
    await books.morning(DAY);
    const next = await books.morning(NEXT);
    assert.deepEqual([next.found, next.report.result], [['refunded healed 300 N1'], 'balanced']);
    const third = await books.morning(THIRD);
    assert.deepEqual(third.found, ['refunded open 300 N1']);
    assert.equal(third.report.result, 'unbalanced');
    // And the same again, in whatever order.
    assert.deepEqual((await books.morning(NEXT)).found, next.found);
  });

  it('has it once as well where the later day came first', async () => {
    const books = owing({ amount: 300, transaction_id: T1 });
    books.rows.push(back(NEXT, 300, '501'), back(THIRD, 300, '502'));
    const found = [];
    for (const day of [THIRD, NEXT]) found.push((await books.morning(day)).found);
    assert.deepEqual(found, [['refunded healed 300 N1'], ['refunded open 300 N1']]);
  });

  it('has each refund once, though two bills have it', async () => {
    const books = owing({ amount: 600, transaction_id: T1 });
    books.rows.push(back(NEXT, 300, '501'), back(THIRD, 300, '501'));
    await books.morning(NEXT);
    assert.deepEqual((await books.morning(THIRD)).found, ['row_repeated open 300 N1']);
  });

  it('lets a refund that failed be made again', async () => {
    const books = owing({ amount: 300, transaction_id: T1 });
    books.rows.push(back(NEXT, 300, '501', 'FAIL'), back(THIRD, 300, '502'));
    assert.deepEqual((await books.morning(NEXT)).found, ['refunded open 300 N1']);
    assert.deepEqual((await books.morning(THIRD)).found, ['refunded healed 300 N1']);
  });

  it('tells every refund that WeChat’s packet names as ours, though the order is no longer kept', async () => {
    const books = world();
    books.orders.set('N1', {
      asked: paidOrder('N1', { charges: [charge(T1, 99_900, '2026-02-01')] }),
    });
    books.rows.push(
      refundRow(DAY, { ...named, transaction_id: T1, amount: 99_900, refund_id: '501' }),
    );
    books.rows.push(
      refundRow(DAY, { out_order_no: 'THEIRS', transaction_id: T2, amount: 5, refund_id: '502' }),
    );
    const { report, found } = await books.morning(DAY);
    assert.deepEqual([found, report.result], [['refunded open 99900 N1'], 'unbalanced']);
    assert.deepEqual(report.sides?.refunds, {
      agreed: { count: 0, amount: 0 },
      elsewhere: { count: 1, amount: 5 },
      findings: { count: 1, amount: 99_900 },
    });
  });

  it('has each charge of an order on its own day, and misses none', async () => {
    const books = world();
    const charges = [charge(T1, 300, DAY), charge(T2, 200, NEXT)];
    books.orders.set('N1', { ours: paidOrder('N1', { charges, endedAt: endedOn(NEXT) }) });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 300 }));
    const { report } = await books.morning(DAY);
    assert.deepEqual(
      [report.ours, report.agreed],
      [
        { count: 1, amount: 300 },
        { count: 0, amount: 0 },
      ],
    );
    // It became known only after the morning of its day, as the list has it.
    const { report: next } = await books.morning(NEXT);
    assert.deepEqual(
      [next.ours, next.awaited, next.result],
      [{ count: 1, amount: 200 }, { count: 1, amount: 200 }, 'unbalanced'],
    );
  });

  it('proves our side: every payment of ours agrees, is in another bill, is awaited, or is told', async () => {
    const books = world();
    const fates = { agrees: [T1, DAY], before: ['43', '2026-09-30'], awaited: ['44', undefined] };
    for (const [number, [transaction_id, billed]] of Object.entries(fates)) {
      const charges = [charge(transaction_id ?? '', 500, DAY)];
      books.orders.set(number, { ours: paidOrder(number, { charges, endedAt: endedOn(DAY) }) });
      const row = { out_order_no: number, transaction_id: transaction_id ?? '', amount: 500 };
      if (billed !== undefined) books.rows.push(paymentRow(billed, row));
    }
    const odd = paidOrder('odd', { charges: [charge('45', 400, DAY)], endedAt: endedOn(DAY) });
    books.orders.set('odd', { ours: odd });
    books.rows.push(paymentRow(DAY, { out_order_no: 'odd', transaction_id: '45', amount: 401 }));
    const { report } = await books.morning(DAY);
    assert.deepEqual(report.ours, { count: 4, amount: 1_900 });
    assert.deepEqual(report.sides?.ours, {
      agreed: { count: 1, amount: 500 },
      in_other_bill: { count: 1, amount: 500 },
      awaited: { count: 1, amount: 500 },
      findings: { count: 1, amount: 400 },
    });
  });

  it('agrees with a transaction in one bill alone, though two adjacent ones have it', async () => {
    const books = world();
    const charges = [charge(T1, 500, NEXT)];
    books.orders.set('N1', { ours: paidOrder('N1', { charges, endedAt: endedOn(DAY) }) });
    for (const day of [DAY, NEXT]) {
      books.rows.push(paymentRow(day, { ...named, transaction_id: T1, amount: 500 }));
    }
    assert.deepEqual((await books.morning(DAY)).report.agreed, { count: 1, amount: 500 });
    const next = await books.morning(NEXT);
    assert.deepEqual(next.report.agreed, { count: 0, amount: 0 });
    assert.deepEqual(next.found, ['row_repeated open 500 N1']);
  });

  it('has a payment without a time on the day on which its order learned of it', async () => {
    const books = world();
    const charges = [charge(T1, 500)];
    books.orders.set('N1', { ours: paidOrder('N1', { charges, endedAt: endedOn(NEXT) }) });
    assert.deepEqual((await books.morning(DAY)).report.ours, { count: 0, amount: 0 });
    const { report } = await books.morning(NEXT);
    assert.deepEqual([report.ours, report.awaited.count], [{ count: 1, amount: 500 }, 1]);
    assert.deepEqual((await books.morning(NEXT, true)).found, ['not_in_bill open 500 N1']);
  });

  it('owes nothing: what was charged though it was cancelled stays open until it is paid back', async () => {
    const books = world();
    const charges = [charge(T1, 500, DAY)];
    const cancelled = paidOrder('N1', { phase: 'cancelled', endedAt: endedOn(DAY) });
    const healed = paidOrder('N1', { charges, refundDue: { amount: 500 } });
    books.orders.set('N1', { ours: cancelled, healed });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 500 }));
    const day = await books.morning(DAY);
    assert.deepEqual([day.found, day.report.result], [['refund_due open 500 N1'], 'unbalanced']);
    assert.equal(day.findings[0]?.owed_amount, 500);
    const { report: next } = await books.morning(NEXT);
    assert.deepEqual(next.carried, { count: 1, amount: 500, oldest: DAY });
    books.rows.push(
      refundRow(THIRD, { ...named, transaction_id: T1, amount: 500, refund_id: '501' }),
    );
    const third = await books.morning(THIRD);
    assert.deepEqual(
      [third.found, third.report.carried],
      [['refunded healed 500 N1'], { count: 0, amount: 0 }],
    );
    assert.deepEqual((await books.morning(DAY)).found, ['paid_unnoticed healed 500 N1']);
  });

  it('says of an order that knew in time what is owed', async () => {
    const books = owing({ amount: 300 });
    assert.deepEqual((await books.morning(DAY)).found, ['refund_due open 1000 N1']);
    books.rows.push(back(NEXT, 300, '501'));
    await books.morning(NEXT);
    const again = await books.morning(DAY);
    assert.deepEqual([again.found, again.report.agreed.count], [[], 1]);
  });

  it('explains everything: a charge that nobody here ordered stays open, adopted or not', async () => {
    const books = world();
    const healed = paidOrder('N1', { charges: [charge(T1, 50_000, DAY)], isAdopted: true });
    books.orders.set('N1', { healed });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 50_000 }));
    const { found, report } = await books.morning(DAY);
    assert.deepEqual([found, report.result], [['unknown_order open 50000 N1'], 'unbalanced']);
  });

  it('misses nothing: an order that was charged less than it was completed with is told', async () => {
    const books = world();
    const charges = [charge(T1, 60_000, DAY)];
    const ours = paidOrder('N1', { charges, shortfall: 40_000, endedAt: endedOn(DAY) });
    books.orders.set('N1', { ours });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 60_000 }));
    const { found, findings, report } = await books.morning(DAY);
    assert.deepEqual([found, report.result], [['undercollected open 60000 N1'], 'unbalanced']);
    assert.equal(findings[0]?.owed_amount, 40_000);
  });

  describe('and has refunds', () => {
    const declared = (status: 'SUCCESS' | 'PROCESSING' | 'CLOSED', amount = 200) => ({
      ...{ out_refund_no: 'R501', amount, status },
    });
    function refunding(status: string) {
      const books = world();
      const charges = [charge(T1, 500, DAY)];
      const ours = paidOrder('N1', { charges, endedAt: endedOn(DAY) });
      const declare = (...all: ReturnType<typeof declared>[]) =>
        books.orders.set('N1', { ours, declared: () => all });
      declare(declared('PROCESSING'));
      books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 500 }));
      books.rows.push(back(DAY, 200, '501', status));
      return { ...books, declare };
    }

    it('that were declared here agrees with them', async () => {
      for (const status of ['SUCCESS', 'PROCESSING']) {
        const { found, report } = await refunding(status).morning(DAY);
        assert.deepEqual([found, report.result], [[], 'balanced']);
        assert.deepEqual(report.sides?.refunds.agreed, { count: 1, amount: 200 });
        const onTheirWay = status === 'SUCCESS' ? undefined : { count: 1, amount: 200 };
        assert.deepEqual(report.refunds_on_their_way, onTheirWay);
      }
    });

    it('of another amount than was declared tells them', async () => {
      const books = refunding('SUCCESS');
      books.declare(declared('SUCCESS', 199));
      assert.deepEqual((await books.morning(DAY)).found, ['amount_differs open 200 N1']);
    });

    it('that have failed tells them, declared or not', async () => {
      assert.deepEqual((await refunding('FAIL').morning(DAY)).found, ['refunded open 200 N1']);
    });

    it('on their way has a later day ask again, until it is known', async () => {
      const books = refunding('PROCESSING');
      await books.morning(DAY);
      assert.deepEqual((await books.morning(NEXT)).found, []);
      books.declare(declared('CLOSED'));
      const third = await books.morning(THIRD);
      assert.deepEqual(
        [third.found, third.report.result],
        [['refund_failed open 200 N1'], 'unbalanced'],
      );
      assert.deepEqual((await books.morning('2026-10-04')).found, []);
    });

    it('on their way that have come about is not asked again', async () => {
      const books = refunding('PROCESSING');
      await books.morning(DAY);
      books.declare(declared('SUCCESS'));
      assert.deepEqual((await books.morning(NEXT)).found, []);
      books.declare(declared('CLOSED'));
      assert.deepEqual((await books.morning(THIRD)).found, []);
    });
  });

  it('is one whose findings somebody has answered for, and only those', async () => {
    const books = world();
    books.rows.push(refundRow(DAY, { transaction_id: T1, amount: 7, refund_id: '501' }));
    books.rows.push(refundRow(DAY, { transaction_id: T1, amount: 7, refund_id: '502' }));
    const [one, two] = (await books.morning(DAY)).findings;
    assert.ok(one?.id !== undefined && two?.id !== undefined && one.id !== two.id);
    books.acknowledge(DAY, one.id);
    const first = await books.morning(DAY);
    assert.deepEqual(
      [first.report.findings.refunded?.open, first.report.result],
      [1, 'unbalanced'],
    );
    books.acknowledge(DAY, two.id);
    assert.equal((await books.morning(DAY)).report.result, 'balanced');
  });

  it('tells what it brings: income, coupons, refunds, fees, what is to be settled, per service', async () => {
    const books = world();
    const plain = { charges: [charge(T1, 1_000, DAY)], endedAt: endedOn(DAY) };
    books.orders.set('N1', { ours: paidOrder('N1', plain) });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 1_000 }));
    books.rows.push(back(DAY, 300, '501'));
    books.rows.push(paymentRow(DAY, { transaction_id: '46', amount: 2_000, trade_type: 'NATIVE' }));
    const { services, elsewhere, total } = (await books.morning(DAY)).report.settlement ?? {};
    assert.deepEqual(services?.[SERVICE], {
      ...{ payments: 1, income: 1_000, coupons: 0, settlement_amount: 1_000 },
      ...{ refunds: 1, refunded: 300, refund_settlement_amount: 300 },
      ...{ fees_millifen: 4_000, fees: 4, expected_settlement: 696 },
    });
    assert.deepEqual([elsewhere?.income, elsewhere?.expected_settlement], [2_000, 1_988]);
    assert.deepEqual([total?.income, total?.expected_settlement], [3_000, 2_684]);
  });

  it('can show which order matched which row', async () => {
    const books = world();
    const charges = [charge(T1, 500, DAY)];
    books.orders.set('N1', { ours: paidOrder('N1', { charges, endedAt: endedOn(DAY) }) });
    books.rows.push(paymentRow(DAY, { ...named, transaction_id: T1, amount: 500 }));
    await books.morning(DAY);
    const lines = (await readFile(join(folder, 'matches.csv'), 'utf8')).split('\r\n');
    assert.equal(lines[1], `2,payment,${DAY} 12:00:00,'${T1},,'N1,'${SERVICE},500,500,0`);
  });
});
