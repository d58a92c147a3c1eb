/** What a caller is told when Temporal takes no more. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { problemOf } from '../../../api/http/temporal-problems.ts';
import { Problem, sendProblem } from '../../../api/http/problems.ts';

/** As gRPC's client throws it. */
const exhausted = Object.assign(new Error('8 RESOURCE_EXHAUSTED'), { code: 8 });

it('speaks of no order where none is there yet: 429 has words of its own', () => {
  const problem = problemOf(exhausted);
  assert.ok(problem instanceof Problem);
  let sent = '';
  const response = {
    status: () => response,
    type: () => response,
    send: (text: string) => void (sent = text),
  };
  sendProblem(response as never, problem.kind, problem.facts);
  const { status, title, detail } = JSON.parse(sent) as Record<string, unknown>;
  assert.equal(status, 429);
  assert.doesNotMatch(`${String(title)} ${String(detail)}`, /\bthis order\b/);
  assert.match(String(detail), /Temporal takes no more at this moment/);
});
