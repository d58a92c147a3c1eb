/** The fixtures' README tells people what the samples tell the tests. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PRINTED, printedIn } from './message.ts';
import { printedOf, type Refused, type Sample } from './sample.ts';
import { SAMPLES } from './samples.ts';

const README = readFileSync(new URL('../fixtures/guide/README.md', import.meta.url), 'utf8');

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const callOf = (sample: Sample) => {
  const { section, call, languages } = printedOf(sample);
  return [section, `\`${call}\``, languages.join(', ')];
};

function answerOf(refused: Refused | 'accepted' | undefined): string {
  if (refused === undefined || refused === 'accepted') return 'accepted';
  const { status, code, message, field, location } = refused;
  const place = field === undefined ? '' : ` at \`${field}\` (${location})`;
  return `${status} \`${code}\` ${message}${place}`;
}

test('names every message, what the simulator answers to it and what our client does with it', () => {
  const rows = SAMPLES.map((sample) => {
    const { verbatim, identified, client } = sample;
    return row(...callOf(sample), answerOf(verbatim), answerOf(identified), client);
  });
  assert.deepEqual(linesUnder('## Messages'), rows);
});

test('names every rule that they break, and what the simulator answers to that alone', () => {
  const rows = SAMPLES.flatMap((sample) =>
    sample.breaches.map(({ rule, refused, under }) => {
      const policy = under === undefined ? '' : `, under ${JSON.stringify(under)}`;
      return row(...callOf(sample), rule, answerOf(refused) + policy);
    }),
  );
  assert.deepEqual(linesUnder('## What they break'), rows);
});

test('each section prints one message, but for the bill, of which Java and PHP differ', () => {
  const sections = PRINTED.map(({ section }) => section);
  const differing = sections.filter((section, index) => sections.indexOf(section) !== index);
  assert.deepEqual(differing, ['3.2.11']);
  assert.notEqual(printedIn('3.2.11', 'java').url, printedIn('3.2.11', 'php').url);
});

/** The rows of the table in this section, without its head. */
function linesUnder(heading: string): string[] {
  const section = README.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}
