/** The judge of events: lets pass what is right, and accuses each kind of wrong by its rule. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EVENTS_RIGHT, EVENTS_WRONG } from './event-cases.ts';
import type { EventEvidence } from './event-evidence.ts';
import { EVENT_RULES, judgeEvents } from './event-judge.ts';

const rulesOf = (evidence: EventEvidence) => judgeEvents(evidence).map(({ rule }) => rule);

describe('the judge of the events of a chaos run', () => {
  for (const [what, evidence] of Object.entries(EVENTS_RIGHT)) {
    it(`lets pass ${what}`, () => assert.deepEqual(rulesOf(evidence), []));
  }

  for (const [what, rule, evidence] of EVENTS_WRONG) {
    it(`accuses ${what}`, () => assert.ok(rulesOf(evidence).includes(rule)));
  }

  it('has seen every rule speak', () => {
    const seen = new Set(EVENTS_WRONG.map(([, rule]) => rule));
    assert.deepEqual(
      Object.keys(EVENT_RULES).filter((rule) => !seen.has(rule)),
      [],
    );
  });
});
