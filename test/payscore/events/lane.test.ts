import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  eventIdIn,
  eventIdOf,
  laneOfDay,
  laneOfOrder,
  laneOfRefunds,
} from '../../../payscore/events/lane.ts';

const RUN = '0a1b2c3d-0000-4000-8000-0123456789ab';

describe('the id of an event', () => {
  it('is read as it was made, whatever it is about', () => {
    const number = fc.stringMatching(/^[\w|*-]{1,32}$/);
    fc.assert(
      fc.property(
        fc.oneof(
          number.map(laneOfOrder),
          number.map(laneOfRefunds),
          fc.constant(laneOfDay('2026-11-30')),
        ),
        fc.uuid(),
        fc.integer({ min: 1, max: 999_999_999 }),
        (lane, runId, sequence) => {
          assert.deepEqual(eventIdIn(eventIdOf({ lane, runId, sequence })), {
            lane,
            runId,
            sequence,
          });
        },
      ),
    );
  });

  it('has no full stop, which parts what is signed', () => {
    assert.doesNotMatch(eventIdOf({ lane: laneOfOrder('P1'), runId: RUN, sequence: 1 }), /\./);
  });

  for (const text of [
    '',
    'P1',
    `P1:${RUN}`,
    `P1:${RUN}:x`,
    `other:P1:${RUN}:1`,
    `P 1:${RUN}:1`,
    `P1:${RUN}:1\n`,
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(eventIdIn(text), undefined);
    });
  }
});
