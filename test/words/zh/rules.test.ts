/** The rules that schemas state, which stand in their sources in English: read from there, so that none is without Chinese. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseSync } from 'oxc-parser';
import { RULES, rule } from '../../../words/zh/rules.ts';

/** What reads what was sent; what describes answers states no rule. */
const SOURCES = ['schemas', 'api']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((path) => `${folder}/${String(path)}`),
  )
  .filter((path) => path.endsWith('.ts') && !/\/documented\.ts$|^api\/openapi\//.test(path));

interface Node {
  readonly type: string;
  readonly [field: string]: any;
}

/** Texts of a few words that describe nothing, `{}` for what is filled in: in a schema, what it says must be so. */
function rulesIn(source: string): string[] {
  const { program, module, errors } = parseSync('schema.ts', source);
  assert.deepEqual(errors, []);
  const knowsZod = module.staticImports.some(({ moduleRequest }) => moduleRequest.value === 'zod');
  return knowsZod ? textsIn(program).filter((text) => /\S \S|\S \{\}/.test(text)) : [];
}

function textsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const node = tree as Node;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [];
  if (node.type === 'TemplateLiteral') {
    const parts: readonly Node[] = node['quasis'];
    return [parts.map(({ value }) => value.cooked).join('{}'), ...textsIn(node['expressions'])];
  }
  const isDescribing =
    node.type === 'CallExpression' && /^(describe|meta)$/.test(node['callee'].property?.name);
  return Object.values(isDescribing ? { callee: node['callee'] } : node).flatMap(textsIn);
}

const stated = [...new Set(SOURCES.flatMap((path) => rulesIn(readFileSync(path, 'utf8'))))];

describe('the rules of schemas', () => {
  it('are found wherever a schema may state one', () => {
    const source = `
      import { z } from 'zod';
      const RULE = 'must be one';
      export const it = z.string({ error: 'must be two' }).min(1, RULE).describe('What it is.')
        .max(max, \`must be \${max} three\`).refine(fits, 'must be four').meta({ example: 'a b' })
        .transform((text, context) => context.addIssue('is not five')).describe(\`So \${it}.\`);
      context.addIssue({ code: 'custom', message: \`needs \${field}\` });
    `;
    assert.deepEqual(rulesIn(source).toSorted(), [
      ...['is not five', 'must be four', 'must be one', 'must be two', 'must be {} three'],
      'needs {}',
    ]);
    assert.ok(stated.length > 30, String(stated.length));
  });

  for (const english of stated) {
    it(`there is Chinese for “${english}”`, () =>
      assert.match(RULES[english] ?? '', /\p{Script=Han}/u));
  }

  it('none is translated that no schema states any more', () => {
    assert.deepEqual(
      Object.keys(RULES).filter((english) => !stated.includes(english)),
      [],
    );
  });

  it('are said with what is filled in', () => {
    assert.equal(rule('must have at most 20 characters'), '最多 20 个字符');
    assert.equal(rule('must be one of a, b'), '须为以下之一：a, b');
    assert.equal(rule('needs $& start_time'), '须同时给出 $& start_time');
  });
});
