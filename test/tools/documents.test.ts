/** The documents' check names each fault of a document, once, and finds none in one that is right. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsIn } from '../../tools/documents/anchors.ts';
import { citationFaults } from '../../tools/documents/citations.ts';
import { commandFaults, commandsIn } from '../../tools/documents/commands.ts';
import { languageFaults } from '../../tools/documents/languages.ts';
import { linkFaults } from '../../tools/documents/links.ts';
import { pathFaults } from '../../tools/documents/paths.ts';
import { wordFaults } from '../../tools/documents/words.ts';

const FENCE = '```';
// Put together: this file is read by the check as well.
const SECTION = 'R\u00a7';
const cited = (document: string) => `docs/${document}`;

const FILES = new Set([
  'README.md',
  'docs/production.md',
  'docs/api.md',
  'docs/images/order.png',
  'api/main.ts',
  'api/door/json.ts',
  'test/api/open.test.ts',
]);

/** One document among the others. */
const only = (text: string, path = 'docs/api.md') => new Map([[path, text]]);

/** A block of shell lines behind a comment. */
const block = (comment: string, line = 'curl -X POST $orders') =>
  `Type:\n\n${comment}\n\n${FENCE}sh\n${line}\n${FENCE}\n`;

test('a heading has the anchor that GitHub gives it, and the second of two a number', () => {
  const document = [
    '# What `a_b` *is*: 1, 2, [three](x.md)?',
    '## 微信支付分, _at last_',
    '## Twice',
    `${FENCE}sh\n# no heading\n${FENCE}`,
    '## Twice',
  ].join('\n\n');
  assert.deepEqual(
    [...anchorsIn(document)],
    ['what-a_b-is-1-2-three', '微信支付分-at-last', 'twice', 'twice-1'],
  );
});

test('a link leads to a file or a folder, and its anchor to a heading', () => {
  const right = [
    '# Bodies of requests',
    '[here](#bodies-of-requests) [there](../README.md#payscore) [code](../api/main.ts)',
    '[a folder](../test/api/) ![a picture](images/order.png) [elsewhere](https://a.test/x#y)',
    `${FENCE}\n[no link](nowhere.md)\n${FENCE}`,
    'Neither is `[this](nowhere.md)`.',
  ].join('\n\n');
  const faults = (text: string) =>
    linkFaults(new Map([...only(text), ['README.md', '# Payscore']]), FILES);
  assert.deepEqual(faults(right), []);
  assert.deepEqual(faults('[x](design.md)'), ['docs/api.md: design.md leads to no file']);
  assert.deepEqual(faults('[x](../README.md#orders)'), [
    'docs/api.md: ../README.md#orders leads to no heading',
  ]);
  assert.deepEqual(faults('[x](#gone)'), ['docs/api.md: #gone leads to no heading']);
});

test('a path in backticks is of a file or a folder, from the root or beside the document', () => {
  const right =
    '`api/main.ts`, `api/door/`, `test/api`, `api/*/json.ts`, `images/order.png`, `GET /v1/orders`, `a/b`, `state.jsonl`';
  assert.deepEqual(pathFaults(only(right), FILES), []);
  assert.deepEqual(pathFaults(only('`main.ts`', 'api/README.md'), FILES), []);
  for (const wrong of ['api/app.ts', 'main.ts', 'api/gate/', 'api/*-fields.ts']) {
    assert.deepEqual(pathFaults(only(`\`${wrong}\``), FILES), [
      `docs/api.md: there is no ${wrong}`,
    ]);
  }
});

test('a source cites a heading that is there, and nothing outside of the repository', () => {
  const documents = only('# Bodies');
  const faults = (text: string) => citationFaults(only(text, 'api/main.ts'), documents, FILES);
  assert.deepEqual(
    faults(`/** As ${cited('api.md#bodies')} has it, see ${cited('api.md')}. */`),
    [],
  );
  assert.deepEqual(faults(`// ${cited('api.md#errors')}`), [
    `api/main.ts: ${cited('api.md#errors')} leads to no heading`,
  ]);
  assert.deepEqual(faults(`// ${cited('design.md')}`), [
    `api/main.ts: ${cited('design.md')} leads to no file`,
  ]);
  assert.deepEqual(faults(`// at most 32 (${SECTION}14.1), ${SECTION}14.1`), [
    `api/main.ts: ${SECTION}14.1 is of no document here`,
  ]);
});

test('something is said to run each block of shell lines, and is there', () => {
  const known = { files: FILES, scripts: { test: 'node', chaos: 'node' } };
  const faults = (text: string, path?: string) => commandFaults(only(text, path), known);
  const right = [
    block('<!-- run: orders -->'),
    block('<!-- run by: test/api/open.test.ts -->'),
    block('<!-- run by: npm run chaos -->'),
    block('<!-- run by: npm test -->'),
    `${FENCE}ini\nNO=command\n${FENCE}`,
  ].join('\n');
  assert.deepEqual(faults(right), []);
  assert.deepEqual(faults(block('<!-- played: install -->'), 'docs/production.md'), []);
  assert.deepEqual(faults(block('Or:')), [
    'docs/api.md: nothing is said to run “curl -X POST $orders”',
  ]);
  assert.deepEqual(faults(block('<!-- played: install -->')), [
    'docs/api.md: install is played in docs/production.md only',
  ]);
  assert.deepEqual(faults(block('<!-- run by: test/api/gone.test.ts -->')), [
    'docs/api.md: there is no test/api/gone.test.ts to run a block',
  ]);
  assert.deepEqual(faults(block('<!-- run by: npm run gone -->')), [
    'docs/api.md: there is no npm run gone to run a block',
  ]);
});

test('a block within a list is taken without its indentation', () => {
  const list = block('<!-- run: restore -->', 'if true; then\n  ls\nfi').replaceAll(
    /^(?=.)/gm,
    '   ',
  );
  assert.deepEqual(commandsIn(`1. First.\n\n${list}`), [
    { by: 'run', name: 'restore', text: 'if true; then\n  ls\nfi\n' },
  ]);
});

test('README.md has at most 700 words', () => {
  assert.deepEqual(wordFaults('word '.repeat(700)), []);
  assert.deepEqual(wordFaults('word\n'.repeat(703)), [
    'README.md has 703 words, of which 3 are too many',
  ]);
});

/** A document of which a part is changed in Chinese. */
const ENGLISH = [
  '# Orders',
  '| field | is |\n| --- | --- |\n| `amount` | fen |',
  '- one\n- two',
  '![the desk](images/desk.png)',
  `<!-- run: list -->\n\n${FENCE}sh\n# all of them\ncurl $orders # twice\n${FENCE}`,
  `${FENCE}\n0.1 s  business  opens\n${FENCE}`,
  `${FENCE}\nfault  clock               It is\n                           behind.\n${FENCE}`,
  `${FENCE}json\n{ "id": "clock", "sentence": "It is behind." }\n${FENCE}`,
].join('\n\n');
const CHINESE = [
  '# 订单',
  '| 字段 | 含义 |\n| --- | --- |\n| `amount` | 分 |',
  '- 一\n- 二',
  '![工作台](../images/desk.png)',
  `<!-- run: list -->\n\n${FENCE}sh\n# 全部\ncurl $orders # 两次\n${FENCE}`,
  `${FENCE}\n0.1 s  业务  创建\n${FENCE}`,
  `${FENCE}\n错误  clock               时钟慢。\n${FENCE}`,
  `${FENCE}json\n{ "id": "clock", "sentence": "时钟慢。" }\n${FENCE}`,
].join('\n\n');

test('a document in Chinese is built as the English one', () => {
  const faults = (chinese: string) =>
    languageFaults(
      new Map([
        ['docs/api.md', ENGLISH],
        ['docs/zh/api.md', chinese],
      ]),
    ).filter((fault) => fault.startsWith('docs/zh/api.md'));
  assert.deepEqual(faults(CHINESE), []);
  const changes: readonly (readonly [from: string | RegExp, to: string])[] = [
    ['# 订单', '## 订单'],
    ['| `amount` | 分 |', ''],
    ['`amount` | 分', '`total` | 分'],
    ['| 字段 | 含义 |', '| 字段 | 含义 | 单位 |'],
    ['- 二', ''],
    ['desk.png', 'phone.png'],
    ['curl $orders', 'curl $order'],
    ['run: list', 'run: orders'],
    ['0.1 s  业务  创建', '0.1 s  业务  创建\n0.2 s  用户  授权'],
    ['时钟慢。\n', '时钟慢。\n正常  keys                相符。\n'],
    ['"id": "clock"', '"id": "时钟"'],
    [/$/, '\n\n## 退款'],
  ];
  for (const [from, to] of changes) {
    assert.equal(faults(CHINESE.replace(from, to)).length, 1, String(from));
  }
});

test('a document that is to be there in Chinese is named, and one that nobody wrote in English', () => {
  const faults = languageFaults(new Map([[cited('zh/scale.md'), '# 规模']]));
  assert.ok(faults.includes('docs/zh/api.md is missing'));
  assert.ok(faults.includes('README.zh.md is missing'));
  assert.ok(faults.includes(`${cited('zh/scale.md')}: there is no such document in English`));
});
