/** What finance people and operators read of a day, in both languages: every code has its own words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BillFaultCause } from '../../payscore/days/bill-fault.ts';
import type { DayFailure } from '../../payscore/days/failure.ts';
import { FINDINGS } from '../../reconciliation/report/finding.ts';
import {
  FINDING_COLUMNS,
  MATCH_COLUMNS,
  MONTH_COLUMNS,
} from '../../reconciliation/report/csv-columns.ts';
import { EN } from '../../words/en.ts';
import { ZH } from '../../words/zh.ts';

const CAUSES: readonly BillFaultCause[] = [
  ...([{ code: 'too_long' }, { code: 'after_totals' }, { code: 'empty' }] as const),
  ...([{ code: 'without_totals' }, { code: 'no_time' }, { code: 'unknown_state' }] as const),
  ...([{ code: 'other_merchant' }, { code: 'not_of_row' }, { code: 'negative' }] as const),
  ...([{ code: 'no_backtick' }, { code: 'no_direction' }] as const),
  ...(['row', 'movement', 'totals'] as const).map(
    (of) => ({ code: 'width', of, found: 3, expected: 27 }) as const,
  ),
  { code: 'not_on', bill_date: '2026-10-01' },
  { code: 'none_on', bill_date: '2026-10-01' },
  { code: 'no_number', decimals: 2 },
  { code: 'off', stated: '1.00', made: '2.00' },
  ...(['unknown_column', 'column_twice', 'column_missing'] as const).flatMap((code) =>
    (['early', 'new'] as const).map((layout) => ({ code, layout })),
  ),
];
const FAILURES: readonly DayFailure[] = [
  { type: 'BillNotReady', request_id: '08F78BB2A50600', again: '30m' },
  { type: 'BillUnproven' },
  { type: 'BillFault', fault: { line: 2, column: '订单金额', because: { code: 'negative' } } },
  { type: 'NotCovered', days: 3 },
  { type: 'DiskFull', error: 'ENOSPC' },
  { type: 'DiskFailed', error: 'EACCES' },
  { type: 'OrderSilent', out_order_no: 'N1', because: 'timeout' },
  { type: 'OrdersUnavailable', because: 'timeout' },
  { type: 'Cancelled' },
];
/** Two words of English on end: what WeChat or Temporal call something is one, or stands in capitals. */
const ENGLISH = /\b(?!Request-ID|Worker|Run\b|Temporal|Web)[A-Za-z][a-z]+ [a-z]{2,}/;

describe('the words of a reconciliation', () => {
  it('say of every finding what it is and what to do, each kind and what was healed by itself', () => {
    for (const { reconciliation } of [EN, ZH]) {
      const all = [
        ...FINDINGS.map((kind) => reconciliation.finding({ kind, healed: false })),
        ...(['paid_unnoticed', 'refunded', 'unknown_order'] as const).map((kind) =>
          reconciliation.finding({ kind, healed: true }),
        ),
      ];
      for (const { cause, action } of all) {
        assert.match(cause, /^\P{Lowercase}.+[.。]$/u);
        assert.match(action, /^\P{Lowercase}.+[.。]$/u);
      }
      assert.equal(new Set(all.map(({ cause }) => cause)).size, all.length);
    }
  });

  it('call a kind that a later release has by its code', () => {
    for (const kind of ['of_a_later_release', 'toString']) {
      for (const healed of [false, true]) {
        const { cause } = EN.reconciliation.finding({ kind, healed } as never);
        assert.equal(cause, kind);
      }
    }
  });

  it('say of every fault of a bill, and of every failure of a day, something of its own', () => {
    for (const { reconciliation } of [EN, ZH]) {
      const faults = CAUSES.map((because) => reconciliation.fault({ because }));
      assert.equal(new Set(faults).size, CAUSES.length);
      const failures = FAILURES.map((one) => reconciliation.failure(one, 'nothing'));
      assert.equal(new Set(failures).size, FAILURES.length);
      assert.ok(!failures.includes('nothing'));
    }
  });

  it('tell a failure that is none of ours, and one of another release, as they were told', () => {
    const refusal = { status: 401, code: 'SIGN_ERROR' };
    const strange = [
      ...['OfALaterRelease', 'toString', 'BillFault', 'DiskFull'].map((type) => ({ type })),
      { type: ['Cancelled', 'more'] },
    ];
    for (const detail of [undefined, null, 'x', refusal, ...strange]) {
      assert.equal(
        ZH.reconciliation.failure(detail, 'WeChat Pay answered 401'),
        'WeChat Pay answered 401',
      );
    }
  });

  it('say in Chinese when the bill is asked for again', () => {
    const [notReady] = FAILURES;
    assert.match(ZH.reconciliation.failure(notReady, ''), /；30 分钟后再查$/);
  });

  it('are Chinese in Chinese', () => {
    const { finding, fault, failure } = ZH.reconciliation;
    const all = [
      ...FINDINGS.flatMap((kind) => Object.values(finding({ kind, healed: false }))),
      ...CAUSES.map((because) => fault({ because })),
      ...FAILURES.map((one) => failure(one, 'nothing')),
    ];
    for (const sentence of all) {
      assert.match(sentence, /\p{Script=Han}/u);
      assert.doesNotMatch(sentence, ENGLISH);
    }
  });

  it('head the columns of each table differently, in English by their names', () => {
    for (const columns of [FINDING_COLUMNS, MATCH_COLUMNS, MONTH_COLUMNS]) {
      const names = columns.map((name) => EN.reconciliation.column(name));
      assert.deepEqual(names, [...columns]);
      const headings = columns.map((name) => ZH.reconciliation.column(name));
      assert.equal(new Set(headings).size, columns.length);
      for (const heading of headings) assert.match(heading, /^\p{Script=Han}/u);
    }
  });
});
