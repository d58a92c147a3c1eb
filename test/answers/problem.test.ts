/** The kinds of problem documents, as they are told and as the documents list them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  problemDocument,
  PROBLEMS,
  ProblemShapes,
  type ProblemKind,
} from '../../answers/problem.ts';
import { REASONS } from '../../payscore/refusals/refusal.ts';
import { wordsIn } from '../../words/catalogue.ts';
import { LANGUAGES } from '../../words/language.ts';

const KINDS = Object.keys(PROBLEMS) as ProblemKind[];
const refusal = { status: 400, code: 'C', message: '原因', request_id: '08-1', reason: REASONS[0] };

describe('a problem document', () => {
  for (const language of LANGUAGES) {
    const words = wordsIn(language);

    it(`is as it is documented, in ${language}`, () => {
      for (const kind of KINDS) {
        const facts = { detail: 'd', ...(PROBLEMS[kind][1] === 'refusal' && { refusal }) };
        const told: unknown = JSON.parse(JSON.stringify(problemDocument(kind, facts, words)));
        assert.deepEqual(ProblemShapes[kind].strict().parse(told), told);
      }
    });

    it(`has a title of its own for each kind, in ${language}`, () => {
      const titles = KINDS.map((kind) => problemDocument(kind, { detail: 'd' }, words).title);
      assert.equal(new Set(titles).size, KINDS.length);
    });
  }
});

for (const path of ['docs/api.md', 'docs/zh/api.md']) {
  it(`${path} lists every kind with its status, and no other`, () => {
    const rows = [
      ...readFileSync(path, 'utf8').matchAll(
        /^\| (`[a-z-]+`(?:, `[a-z-]+`)*) +\| ([\d, ]+?) +\|/gm,
      ),
    ];
    const listed = rows.flatMap(([, kinds = '', statuses = '']) => {
      const each = statuses.split(', ');
      return [...kinds.matchAll(/[a-z-]+/g)].map(
        ([kind], place) => `${kind} ${each[place] ?? each[0]}`,
      );
    });
    const ours = KINDS.map((kind) => `${kind} ${PROBLEMS[kind][0]}`);
    assert.deepEqual(listed.toSorted(), ours.toSorted());
  });
}
