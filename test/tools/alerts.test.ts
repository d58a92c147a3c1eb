/** Alert rules and dashboard in each language: the same questions, and every text from the catalogue. */
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../local/stack/settings.ts';
import { dashboardIn } from '../../tools/alerts/dashboard.ts';
import { filesOfEachLanguage } from '../../tools/alerts/files.ts';
import { rulesIn } from '../../tools/alerts/rules.ts';
import { LANGUAGES } from '../../words/language.ts';

const RULES = `groups:
  - name: some
    rules:
      # Why.
      - alert: Down
        expr: up == 0
        labels: { severity: page }
        annotations:
          summary: It is down.
          do: Start it.
`;

test('a rule is told in other words, and asks the same', () => {
  const said = rulesIn({ Down: { summary: '已停止：{{ $value }}', do: '启动它。' } }, RULES);
  const [before, after] = [RULES, said].map((text) => text.split('annotations:'));
  assert.equal(after?.[0], before?.[0]);
  const { groups } = parse(said) as { groups: { rules: { annotations: object }[] }[] };
  assert.deepEqual(groups[0]?.rules[0]?.annotations, {
    summary: '已停止：{{ $value }}',
    do: '启动它。',
  });
});

test('a rule without its texts is an error, and so are texts without their rule', () => {
  const whole = { summary: 'a', do: 'b' };
  for (const texts of [
    {},
    { Down: { summary: 'a' } },
    { Down: { ...whole, more: 'c' } },
    { Down: whole, Up: whole },
  ]) {
    assert.throws(() => rulesIn(texts, RULES), /do not go together: (Down|Up)/);
  }
  rulesIn({ Down: whole }, RULES);
});

const row = { id: 1, type: 'row', title: 'Orders' };
const expr = 'up';
const stat = {
  ...{ id: 2, title: 'Programs', description: 'How many.' },
  targets: [{ expr, legendFormat: 'workers' }],
};
const PANELS = JSON.stringify({ uid: 'ours', title: 'All', panels: [row, stat] });

function inWords(panels: object): string {
  return dashboardIn({ title: '全部', description: '说明', panels } as never, PANELS);
}

test('a panel is told in other words, and asks the same', () => {
  const said = inWords({
    1: { title: '订单' },
    2: { title: '程序', description: '个数。', series: ['Worker'] },
  });
  assert.deepEqual(JSON.parse(said), {
    ...{ uid: 'ours', title: '全部', description: '说明' },
    panels: [
      { ...row, title: '订单' },
      {
        ...{ id: 2, title: '程序', description: '个数。' },
        targets: [{ expr, legendFormat: 'Worker' }],
      },
    ],
  });
});

test('a panel without its title, its meaning or the name of a series is an error, and so are texts without their panel', () => {
  const one = { title: '订单' };
  const two = { title: '程序', description: '个数。', series: ['Worker'] };
  inWords({ 1: one, 2: two });
  assert.throws(() => inWords({ 2: two }), /panel 1 has no texts/);
  assert.throws(() => inWords({ 1: one, 2: two, 3: one }), /there is no panel 3/);
  for (const lacking of [
    { title: '程序', series: ['Worker'] },
    { title: '程序', description: '个数。' },
    { ...two, series: [] },
  ]) {
    assert.throws(() => inWords({ 1: one, 2: lacking }), /panel 2 has not all of its texts/);
  }
});

test('docker-compose.watch.yml takes the rules and the dashboard of the operator’s language, and one of each', async () => {
  const watch = await readFile(join(ROOT, 'docker-compose.watch.yml'), 'utf8');
  const mounted = [...watch.matchAll(/\.\/(ops\/\S+\$\{OPERATOR_LANGUAGE:-en\}\S*)$/gm)];
  for (const language of LANGUAGES) {
    const paths = mounted.map(([, path = '']) => path.replace(/\$\{.*\}/, language));
    assert.equal(paths.length, 2);
    for (const path of paths) await access(join(ROOT, path));
  }
  assert.doesNotMatch(watch, /\.\/ops\/prometheus:/, 'the folder has the rules of both');
});

test('what is there is what the catalogue says', async () => {
  for (const [path, text] of await filesOfEachLanguage()) {
    assert.equal(await readFile(path, 'utf8'), text, path);
  }
});
