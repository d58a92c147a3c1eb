/** The judge: lets pass what is right, and accuses each kind of wrong by its rule. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { also, CANCEL, CONTEXT, entry, NOW, PAID, reading, unknown } from './case.ts';
import type { Evidence } from './evidence.ts';
import { judge, RULES } from './judge.ts';
import type { JudgeContext } from './rule.ts';
import { RIGHT_WITH_OTHERS, WRONG_WITH_OTHERS } from './other-cases.ts';
import { overThere, RIGHT } from './right-cases.ts';
import { WRONG } from './wrong-cases.ts';

const WRONGS = [...WRONG, ...WRONG_WITH_OTHERS];

const rulesOf = (evidence: Evidence, change: Partial<JudgeContext> = {}) =>
  judge(evidence, { ...CONTEXT, ...change }).map(({ rule }) => rule);

describe('the judge of a chaos run', () => {
  for (const [what, evidence] of Object.entries({ ...RIGHT, ...RIGHT_WITH_OTHERS })) {
    it(`lets pass ${what}`, () => {
      assert.deepEqual(rulesOf(evidence, { unsettled: 'let be' }), []);
    });
  }

  for (const [what, rule, evidence] of WRONGS) {
    it(`accuses ${what}`, () => assert.ok(rulesOf(evidence).includes(rule)));
  }

  it('accuses a refusal that nothing proves to be WeChat Pay’s', () => {
    const evidence = also(PAID, entry(CANCEL, 422, 'k2', { request_id: 'AB-1' }));
    const objectionTo = (id: string) => (id === 'AB-1' ? 'unsigned' : undefined);
    const rule = 'what is called WeChat Pay’s refusal is WeChat Pay’s';
    assert.ok(rulesOf(evidence, { objectionTo }).includes(rule));
    assert.ok(!rulesOf(evidence).includes(rule));
  });

  it('accuses a number that a 401 has burnt', () => {
    const told = { event: 'trouble: misconfigured (WeChat Pay answered 401 SIGN_ERROR)' };
    const timeline = [{ at: new Date(NOW - 50_000).toISOString(), ...told }];
    const evidence = unknown(reading(PAID, { phase: 'rejected', timeline }));
    const rule = 'a 401 burns no number';
    assert.ok(rulesOf(evidence, { wasUntaken: () => true }).includes(rule));
    assert.ok(!rulesOf(evidence).includes(rule));
    // The worker that was told so was killed.
    const unheard = unknown(reading(PAID, { phase: 'rejected', timeline: [] }));
    assert.ok(!rulesOf(unheard, { wasUntaken: () => true }).includes(rule));
    const last_refusal = { operation: 'create' };
    const refused = unknown(reading(PAID, { phase: 'rejected', last_refusal }));
    assert.ok(!rulesOf(refused, { wasUntaken: () => true }).includes(rule));
    // What a 401 had ended has begun anew, and came to another end.
    const failed = { ...evidence.runs[0]!, status: 'FAILED' as const, closedAt: NOW - 61_000 };
    const anew = { ...evidence, runs: [failed, ...evidence.runs] };
    const untakenAt = (at: number) => ({ wasUntaken: (_: string, since: number) => at >= since });
    assert.ok(!rulesOf(anew, untakenAt(NOW - 62_000)).includes(rule));
    assert.ok(rulesOf(anew, untakenAt(NOW - 50_000)).includes(rule));
  });

  it('accuses an order that is over at WeChat Pay, where nobody asks, in a short run too', () => {
    const rule = 'the phase is WeChat Pay’s state';
    assert.deepEqual(rulesOf(overThere, { unsettled: 'let be' }), [rule]);
  });

  it('has seen every rule speak', () => {
    const seen = new Set(WRONGS.map(([, rule]) => rule));
    seen.add('what is called WeChat Pay’s refusal is WeChat Pay’s').add('a 401 burns no number');
    assert.deepEqual(
      Object.keys(RULES).filter((rule) => !seen.has(rule)),
      [],
    );
  });
});
