/** What a caller is told when Temporal takes no more. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { problemOf } from '../../../api/http/temporal-problems.ts';
import { Problem } from '../../../api/http/problems.ts';
import { PROBLEMS, titleOf } from '../../../answers/problem.ts';

/** As gRPC's client throws it. */
const exhausted = Object.assign(new Error('8 RESOURCE_EXHAUSTED'), { code: 8 });

it('speaks of no order where none is there yet: 429 has words of its own', () => {
  const problem = problemOf(exhausted);
  assert.ok(problem instanceof Problem);
  assert.equal(PROBLEMS[problem.kind][0], 429);
  assert.doesNotMatch(`${titleOf(problem.kind)} ${problem.message}`, /\bthis order\b/);
  assert.match(problem.message, /Temporal takes no more at this moment/);
});
