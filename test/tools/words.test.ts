/** The check of the catalogue finds what the compiler cannot: a sentence that is not translated, and a value that one language does not tell. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../tools/words/differences.ts';
import { sentencesIn } from '../../tools/words/sentences.ts';

const ENGLISH = `
import { EXAMPLES } from '../examples.ts';
const CANCEL = \`cancel: \${EXAMPLES.cancel}\`;
const WORDS: Readonly<Record<string, (it: never) => string>> = {
  ended: ({ phase, amount: fen = 0 }: Ended) =>
    \`the order is \${phase}\` + (phase === 'paid' ? \`: refund \${yuan(fen)}\` : ''),
  code: () => '\`PARAM_ERROR\`',
};
export const order = { toDo: { wait: 'Nothing to do now.', give: \`send \${CANCEL}\` } };
`;
const CHINESE = ENGLISH.replace('the order is ', '订单为 ')
  .replace(': refund ', '，请退款 ')
  .replace('Nothing to do now.', '无需处理。');

const faults = (chinese: string) => differences(sentencesIn(ENGLISH), sentencesIn(chinese));

test('a sentence is known by where it stands, with the values that it tells', () => {
  assert.deepEqual(
    [...sentencesIn(ENGLISH)],
    [
      [
        'WORDS.ended',
        { text: 'the order is {phase} | : refund {yuan(fen)}', values: ['fen', 'phase'] },
      ],
      ['WORDS.code', { text: '`PARAM_ERROR`', values: [] }],
      ['order.toDo.wait', { text: 'Nothing to do now.', values: [] }],
      ['order.toDo.give', { text: 'send {CANCEL}', values: [] }],
    ],
  );
});

test('sentences that tell the same in both languages are right, and codes need no translation', () => {
  assert.deepEqual(faults(CHINESE), []);
});

test('a sentence that nobody translated is named', () => {
  assert.deepEqual(faults(CHINESE.replace('无需处理。', 'Nothing to do now.')), [
    'order.toDo.wait is not in Chinese: Nothing to do now.',
  ]);
});

test('a sentence that is missing is named', () => {
  assert.deepEqual(faults(CHINESE.replace("wait: '无需处理。',", '')), [
    'order.toDo.wait has no sentence in Chinese: Nothing to do now.',
  ]);
});

test('a value that is told in one language alone is named', () => {
  assert.deepEqual(faults(CHINESE.replace('${yuan(fen)}', '差额')), [
    'WORDS.ended does not tell {fen} in Chinese',
  ]);
});
