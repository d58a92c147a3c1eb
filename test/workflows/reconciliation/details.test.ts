/** What the web UI shows of a day, in both languages. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import type { DayReport } from '../../../reconciliation/report/report.ts';
import { nothingTaken, takingsOf } from '../../../reconciliation/matching/takings.ts';
import { EN } from '../../../words/en.ts';
import { ZH } from '../../../words/zh.ts';
import { failedDetailsOf, reportDetailsOf } from '../../../workflows/reconciliation/details.ts';

const of = (count: number, amount: number) => ({ count, amount });
const total = takingsOf([{ ...nothingTaken(), settlement_amount: 1_100, fees_millifen: 7_000 }]);
const report: DayReport = {
  ...{ bill_date: '2026-10-01', mchid: '1900000001', result: 'unbalanced' },
  bill: { rows: 3, payments: of(3, 1_200), refunds: of(1, 100), fee_off: 3, replaces: 'ab' },
  ...{ ours: of(2, 900), agreed: of(1, 400), elsewhere: of(1, 300), undisclosed: of(1, 300) },
  ...{ awaited: of(1, 5), in_other_bill: of(2, 7) },
  settlement: { services: {}, elsewhere: total, total },
  carried: { ...of(2, 600), oldest: '2026-09-01' },
  refunds_on_their_way: of(1, 50),
  waivers: { lowered: of(2, 3) },
  fund_flow: {
    ...{ rows: 4, payments: of(3, 1_205), refunds: of(1, 100), refunds_beside: of(1, 20) },
    off: { payments: 5 },
  },
  findings: {
    amount_differs: { ...of(1, 501), open: 1, healed: 0 },
    refunded: { ...of(3, 300), open: 1, healed: 1, acknowledged: 1 },
  },
  examples: [
    {
      ...{ kind: 'amount_differs', healed: false, out_order_no: 'N1', transaction_id: '42' },
      ...{ bill_amount: 501, order_amount: 500 },
    },
    { kind: 'bill_changed', healed: false, out_order_no: '', transaction_id: '' },
  ],
};
const NEXT = new Date('2026-10-03T02:30:00Z');

const SAYS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'whose bill it is, and where it stands': [
    '### the bill of 2026-10-01 · awaiting the next bill\n\nThe bill and our orders do not agree yet.',
    '### 2026-10-01 的账单 · 待次日账单\n\n账单与本系统订单还不相符。',
  ],
  'what was compared': [
    '- in the bill: 3 payments, 12.00 yuan\n- paid here: 2 payments, 9.00 yuan\n',
    '- 账单中：3 笔支付，12.00 元\n- 本系统订单已支付：2 笔支付，9.00 元\n',
  ],
  'what is to be settled': [
    '- to be settled by WeChat Pay: 10.93 yuan, after fees of 0.07 yuan\n',
    '- 微信支付应结算：10.93 元，已扣手续费 0.07 元\n',
  ],
  'what is carried': [
    'the oldest of 2026-09-01: 2, 6.00 yuan\n- orders whose users were let off: 2\n',
    '最早为 2026-09-01：2 笔，6.00 元\n- 对用户有减免的订单：2 笔\n',
  ],
  'what the account says': [
    '12.05 yuan came of payments, 1.00 yuan went back, off: payments by 0.05 yuan\n',
    '交易收入 12.05 元，退款支出 1.00 元，有差额：payments 0.05 元\n',
  ],
  'what it waits for': [
    '**What it waits for:** the bill of the next day, in which 1 of our payments are looked for from 2026-10-03T10:30:00+08:00 on.',
    '**正在等待：** 次日的账单：自 2026-10-03T10:30:00+08:00 起在其中查找本系统的 1 笔支付。',
  ],
  'how many findings of each kind': [
    '**refunded:** 1 open, 1 healed, 1 acknowledged, 3.00 yuan in all\n\n**Findings**',
    '**refunded：** 未处理 1 条，已自动修复 1 条，已确认 1 条，共 3.00 元\n\n**差异**',
  ],
  'what a finding is': [
    '- amount_differs: order `N1`, transaction `42`, bill 5.01 yuan, order 5.00 yuan. The bill has another amount',
    '- amount_differs：订单 `N1`，微信订单号 `42`，账单 5.01 元，订单金额 5.00 元。账单中的金额与',
  ],
  'a finding of no order': [
    '\n- bill_changed. WeChat Pay has changed the bill',
    '\n- bill_changed。该日出过报告之后',
  ],
};

describe('the details of a day', () => {
  for (const [what, [en, zh]] of Object.entries(SAYS)) {
    it(`say ${what}`, () => {
      const [english, chinese] = [EN, ZH].map((words) => reportDetailsOf(report, words, NEXT));
      assert.ok(english?.includes(en), english);
      assert.ok(chinese?.includes(zh), chinese);
    });
  }

  it('say that nothing is to be done about one that is balanced', () => {
    const balanced: DayReport = { ...report, result: 'balanced', findings: {}, examples: [] };
    assert.match(reportDetailsOf(balanced, EN), /\*\*What to do now:\*\* nothing\.$/);
    assert.match(reportDetailsOf(balanced, ZH), /\*\*现在要做：\*\* 无需处理。$/);
  });

  it('say why there is no report: by the fact, and without one as it was told', () => {
    const message = 'the disk of the reports is full (ENOSPC)';
    const before = ApplicationFailure.create({ type: 'DiskFull', message });
    const now = ApplicationFailure.create({
      ...{ type: 'DiskFull', message, details: [{ type: 'DiskFull', error: 'ENOSPC' }] },
    });
    const told = (failure: ApplicationFailure) => failedDetailsOf('2026-10-01', failure, null, ZH);
    assert.match(told(now), /最近一次失败的原因：存放报告的磁盘已满（ENOSPC）：.+（`DiskFull`）/);
    assert.ok(told(before).includes(message), told(before));
  });

  it('say what was wrong with the account’s bill, of before as it was told', () => {
    const fault = { line: 3, because: { code: 'negative' } } as const;
    const missing = 'unreadable' as const;
    const told = (fund_flow: DayReport['fund_flow']) =>
      reportDetailsOf({ ...report, ...(fund_flow && { fund_flow }) }, ZH);
    assert.match(told({ missing, fault }), /- 资金账单未核对（unreadable）：第 3 行：小于零\n/);
    assert.match(told({ missing, message: 'line 3' }), /- 资金账单未核对（unreadable）：line 3\n/);
  });
});
